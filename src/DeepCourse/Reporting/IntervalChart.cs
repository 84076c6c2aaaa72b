namespace DeepCourse.Reporting;

/// <summary>Values with the interval in which they lie, one row each: a large dot, a line, and small dots for single
/// measurements.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Rows">The rows, from top to bottom.</param>
public sealed record IntervalChart(string Title, IReadOnlyList<Interval> Rows) : Figure(Title)
{
    /// <summary>.NET format of the written values; null means about four digits.</summary>
    public string? Format { get; init; }

    /// <summary>The value that a vertical line marks: "no difference", or a bar to reach.</summary>
    public double Reference { get; init; }

    /// <summary>How far from <see cref="Reference"/> the chart goes; what lies beyond is drawn at its edge with an arrow.
    /// Null shows everything.</summary>
    public double? Limit { get; init; }

    /// <inheritdoc/>
    protected override string Kind => "intervals";

    /// <inheritdoc/>
    protected override void WriteBody(Markup markup)
    {
        var values = Rows.SelectMany(row => row.Points.Append(row.Value).Append(row.Low).Append(row.High)).Append(Reference).Select(Within);
        var axis = new Axis([.. values], 0, 100, logarithmic: false, rounded: true, maximumTicks: 4);
        // Rows are HTML, so long names wrap and the text keeps its size on a phone.
        markup.Open("div", ("class", "rows"), ("role", "img"), ("aria-label", Description));
        foreach (var row in Rows)
        {
            markup.Element("span", row.Name, ("class", "name"));
            markup.Open("div", ("class", $"track {row.Tone.ToString().ToLowerInvariant()}")).Open("div", ("class", "lane"));
            markup.Element("i", "", ("class", "zero"), ("style", $"left:{Percent(Reference)}"));
            if (double.IsFinite(row.Low) && double.IsFinite(row.High))
                markup.Element("i", "", ("class", "span"), ("style", $"left:{Percent(row.Low)};width:{Markup.Coordinate(axis.Pixel(Within(row.High)) - axis.Pixel(Within(row.Low)))}%"));
            foreach (var point in row.Points.Where(point => double.IsFinite(point) && Within(point) == point))
                markup.Element("i", "", ("class", "seed"), ("style", $"left:{Percent(point)}"));
            if (double.IsFinite(row.Value))
            {
                var beyond = Within(row.Value) != row.Value;
                markup.Element("i", beyond ? row.Value < Reference ? "◂" : "▸" : "", ("class", beyond ? "beyond" : "mean"), ("style", $"left:{Percent(row.Value)}"));
            }
            var value = double.IsNaN(row.Value) ? "–" : NumberText.Of(row.Value, Format);
            markup.Close("div").Element("span", row.Note is null ? value : $"{value} {row.Note}", ("class", "value")).Close("div");
        }
        markup.Element("span", "", ("class", "name")).Open("div", ("class", "track")).Open("div", ("class", "scale"));
        foreach (var (tick, label) in axis.Ticks) markup.Element("i", label, ("style", $"left:{Percent(tick)}"));
        markup.Close("div").Element("span", "", ("class", "value")).Close("div").Close("div");

        string Percent(double value) => Markup.Coordinate(axis.Pixel(Within(value))) + "%";
    }

    /// <inheritdoc/>
    protected override string Describe() => $"Intervals: {Title}. " + string.Join("; ", Rows.Select(row =>
    {
        var interval = double.IsFinite(row.Low) && double.IsFinite(row.High) ? $" from {NumberText.Of(row.Low, Format)} to {NumberText.Of(row.High, Format)}" : "";
        return $"{row.Name}: {NumberText.Of(row.Value, Format)}{interval}{(row.Note is null ? "" : ", " + row.Note)}";
    })) + ".";

    private double Within(double value) => Limit is { } limit ? Math.Clamp(value, Reference - limit, Reference + limit) : value;
}

/// <summary>A row of an <see cref="IntervalChart"/>.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The value; not a number draws none.</param>
/// <param name="Low">The lower end of its interval; not a number where there is none.</param>
/// <param name="High">The upper end of its interval; not a number where there is none.</param>
public sealed record Interval(string Name, double Value, double Low, double High)
{
    /// <summary>The single measurements that the value is the mean of.</summary>
    public IReadOnlyList<double> Points { get; init; } = [];

    /// <summary>A word behind the value.</summary>
    public string? Note { get; init; }

    /// <summary>How the row is coloured.</summary>
    public Tone Tone { get; init; }
}

/// <summary>Whether something shown is good news.</summary>
public enum Tone
{
    /// <summary>Neither.</summary>
    Neutral,

    /// <summary>Good news.</summary>
    Good,

    /// <summary>Bad news.</summary>
    Bad,
}
