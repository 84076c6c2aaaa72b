namespace DeepCourse.Reporting;

/// <summary>What a report says, from top to bottom. Verbs add to its end and return it, so they can be chained.</summary>
public class ReportBody
{
    private readonly List<Item> _items = [];

    internal ReportBody()
    {
    }

    private abstract record Item;
    private sealed record Heading(string Title, string? Lead) : Item;
    private sealed record Prose(string Text) : Item;
    private sealed record Card(MetricCard Metric) : Item;
    private sealed record Row(IReadOnlyList<Figure> Figures) : Item;
    private sealed record Fold(string Summary, ReportBody Body, bool Open) : Item;

    /// <summary>Starts a section; what follows belongs to it.</summary>
    /// <param name="title">Heading.</param>
    /// <param name="lead">A sentence under the heading.</param>
    /// <returns>This body.</returns>
    public ReportBody Section(string title, string? lead = null) => Add(new Heading(title, lead));

    /// <summary>Adds a paragraph; backticks make code, double asterisks bold.</summary>
    /// <param name="prose">The text.</param>
    /// <returns>This body.</returns>
    public ReportBody Text(string prose) => Add(new Prose(prose));

    /// <summary>Adds a number as a card; cards that follow each other stand in a row.</summary>
    /// <param name="name">What was measured.</param>
    /// <param name="value">The value.</param>
    /// <param name="expected">The bar to reach; null when there is none.</param>
    /// <param name="format">.NET format such as <c>0.000</c>.</param>
    /// <returns>This body.</returns>
    public ReportBody Metric(string name, double value, double? expected = null, string? format = null) => Metric(new MetricCard(name, value, expected) { Format = format });

    /// <summary>Adds a number as a card; cards that follow each other stand in a row.</summary>
    /// <param name="card">The card.</param>
    /// <returns>This body.</returns>
    public ReportBody Metric(MetricCard card) => Add(new Card(card));

    /// <summary>Adds a figure over the full width.</summary>
    /// <param name="figure">A chart, table or grid of pictures.</param>
    /// <returns>This body.</returns>
    public ReportBody Figure(Figure figure) => Add(new Row([figure]));

    /// <summary>Adds figures side by side where there is room, else one below the other.</summary>
    /// <param name="figures">The figures.</param>
    /// <returns>This body.</returns>
    public ReportBody Columns(params IReadOnlyList<Figure> figures) => Add(new Row([.. figures]));

    /// <summary>Adds a chart over the full width.</summary>
    /// <param name="chart">The chart.</param>
    /// <returns>This body.</returns>
    public ReportBody Chart(Figure chart) => Figure(chart);

    /// <summary>Adds a grid of pictures.</summary>
    /// <param name="grid">The grid.</param>
    /// <returns>This body.</returns>
    public ReportBody Images(ImageGrid grid) => Figure(grid);

    /// <summary>Adds a part that the reader unfolds.</summary>
    /// <param name="summary">The line that is always visible.</param>
    /// <param name="fill">Adds the folded content.</param>
    /// <param name="open">Unfolded from the start.</param>
    /// <returns>This body.</returns>
    public ReportBody Details(string summary, Action<ReportBody> fill, bool open = false)
    {
        ArgumentNullException.ThrowIfNull(fill);
        var body = new ReportBody();
        fill(body);
        return Add(new Fold(summary, body, open));
    }

    internal IEnumerable<(string Title, string Anchor)> Sections => _items.OfType<Heading>().Select((heading, i) => (heading.Title, $"section-{i + 1}"));

    internal void Write(Markup markup, bool anchors)
    {
        var section = 0;
        var inSection = false;
        for (var i = 0; i < _items.Count; i++)
        {
            switch (_items[i])
            {
                case Heading heading:
                    if (inSection) markup.Close("section");
                    section++;
                    markup.Open("section", ("id", anchors ? $"section-{section}" : null));
                    inSection = true;
                    markup.Element(anchors ? "h2" : "h3", heading.Title);
                    if (heading.Lead is not null) markup.Raw("<p class=\"lead\">").Inline(heading.Lead).Raw("</p>\n");
                    break;
                case Prose prose:
                    markup.Raw("<p>").Inline(prose.Text).Raw("</p>\n");
                    break;
                case Card card:
                    if (i == 0 || _items[i - 1] is not Card) markup.Open("div", ("class", "cards"));
                    card.Metric.Write(markup);
                    if (i + 1 == _items.Count || _items[i + 1] is not Card) markup.Close("div");
                    break;
                case Row row:
                    if (row.Figures.Count > 1) markup.Open("div", ("class", "columns"));
                    foreach (var figure in row.Figures) figure.Write(markup);
                    if (row.Figures.Count > 1) markup.Close("div");
                    break;
                case Fold fold:
                    markup.Open("details", ("open", fold.Open ? "" : null)).Element("summary", fold.Summary);
                    fold.Body.Write(markup, anchors: false);
                    markup.Close("details");
                    break;
                default:
                    throw new InvalidOperationException($"unknown item {_items[i].GetType().Name}");
            }
        }
        if (inSection) markup.Close("section");
    }

    private ReportBody Add(Item item)
    {
        _items.Add(item);
        return this;
    }
}
