namespace DeepCourse.Reporting;

/// <summary>One value per category, or several side by side: lying bars with the category's name and the value written out.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Categories">Names of the rows, from top to bottom.</param>
/// <param name="Series">Values per series, one for each category; NaN draws none.</param>
public sealed record BarChart(string Title, IReadOnlyList<string> Categories, IReadOnlyList<BarSeries> Series) : Figure(Title)
{
    /// <summary>A chart with one bar per category.</summary>
    /// <param name="title">Heading.</param>
    /// <param name="bars">Name and value of each bar.</param>
    public BarChart(string title, IEnumerable<(string Name, double Value)> bars)
        : this(title, [.. bars.Select(b => b.Name)], [new BarSeries("", [.. bars.Select(b => b.Value)])])
    {
    }

    /// <summary>.NET format of the written values, such as <c>0.00</c>; null means about four digits.</summary>
    public string? Format { get; init; }

    /// <summary>A value to compare with: drawn as a line through all bars.</summary>
    public (double Value, string Text)? Expected { get; init; }

    /// <inheritdoc/>
    protected override string Kind => "bars";

    /// <inheritdoc/>
    protected override void WriteBody(Markup markup)
    {
        Legend.Write(markup, [.. Series.Select(s => s.Name)]);
        var finite = Series.SelectMany(s => s.Values).Where(double.IsFinite);
        var (low, high) = (Math.Min(0, finite.DefaultIfEmpty(0).Min()), Math.Max(0, finite.DefaultIfEmpty(1).Max()));
        high = Math.Max(high, Series.SelectMany(s => s.High).DefaultIfEmpty(0).Max());
        if (Expected is { } expected) (low, high) = (Math.Min(low, expected.Value), Math.Max(high, expected.Value));
        if (high <= low) high = low + 1;
        // Rows are HTML, so long names wrap and the text keeps its size on a phone.
        markup.Open("div", ("class", "rows"), ("role", "img"), ("aria-label", Description));
        for (var row = 0; row < Categories.Count; row++)
        {
            markup.Element("span", Categories[row], ("class", "name"));
            markup.Open("div", ("class", "tracks"));
            for (var i = 0; i < Series.Count; i++) Bar(markup, i, row, low, high);
            markup.Close("div");
        }
        markup.Close("div");
        if (Expected is { } bar) markup.Element("p", $"Line: {bar.Text} ({NumberText.Of(bar.Value, Format)})", ("class", "key"));
    }

    /// <inheritdoc/>
    protected override string Describe() => $"Bar chart: {Title}. " + string.Join("; ", Categories.Select((name, row) =>
        $"{name}: {string.Join(", ", Series.Select(s => (s.Name.Length > 0 ? s.Name + " " : "") + NumberText.Of(s.Values[row], Format)))}")) + ".";

    private void Bar(Markup markup, int index, int row, double low, double high)
    {
        var series = Series[index];
        var value = series.Values[row];
        string Percent(double at) => Markup.Coordinate((at - low) / (high - low) * 100) + "%";
        string Width(double from, double to) => Markup.Coordinate((to - from) / (high - low) * 100) + "%";
        markup.Open("div", ("class", $"track {Legend.Class(index)}")).Open("div", ("class", "lane"));
        if (double.IsFinite(value))
        {
            var (from, to) = (Math.Min(0, value), Math.Max(0, value));
            markup.Element("i", "", ("class", "bar"), ("style", $"left:{Percent(from)};width:{Width(from, to)}"));
        }
        if (double.IsFinite(value) && row < series.Low.Count && row < series.High.Count)
        {
            markup.Element("i", "", ("class", "spread"), ("style", $"left:{Percent(series.Low[row])};width:{Width(series.Low[row], series.High[row])}"));
        }
        if (Expected is { } expected) markup.Element("i", "", ("class", "expected"), ("style", $"left:{Percent(expected.Value)}"));
        markup.Close("div").Element("span", double.IsNaN(value) ? "–" : NumberText.Of(value, Format), ("class", "value")).Close("div");
    }
}

/// <summary>The values of one series of a bar chart.</summary>
/// <param name="Name">Name in the legend; empty for a single series.</param>
/// <param name="Values">One value for each category.</param>
public sealed record BarSeries(string Name, IReadOnlyList<double> Values)
{
    /// <summary>Lower end of each bar's spread, such as the worst of several seeds; empty draws none.</summary>
    public IReadOnlyList<double> Low { get; init; } = [];

    /// <summary>Upper end of each bar's spread; empty draws none.</summary>
    public IReadOnlyList<double> High { get; init; } = [];
}
