namespace DeepCourse.Reporting;

/// <summary>Points in the plane, one shape and colour per series.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Series">The point sets.</param>
public sealed record ScatterChart(string Title, IReadOnlyList<Series> Series) : Figure(Title)
{
    /// <summary>A chart of one or more point sets.</summary>
    /// <param name="title">Heading.</param>
    /// <param name="series">The point sets.</param>
    public ScatterChart(string title, params Series[] series) : this(title, (IReadOnlyList<Series>)series)
    {
    }

    /// <summary>Name of the horizontal axis, with its unit.</summary>
    public string XLabel { get; init; } = "";

    /// <summary>Name of the vertical axis, with its unit.</summary>
    public string YLabel { get; init; } = "";

    /// <summary>Equal horizontal distances for equal ratios.</summary>
    public bool LogX { get; init; }

    /// <summary>Equal vertical distances for equal ratios.</summary>
    public bool LogY { get; init; }

    /// <summary>Lines and points with a remark.</summary>
    public IReadOnlyList<Annotation> Annotations { get; init; } = [];

    /// <inheritdoc/>
    protected override string Kind => "scatter";

    /// <inheritdoc/>
    protected override void WriteBody(Markup markup)
    {
        Legend.Write(markup, [.. Series.Select(s => s.Name)]);
        PlotFrame.Draw(markup, Description, (width, height) => Draw(markup, width, height));
    }

    /// <inheritdoc/>
    protected override string Describe() =>
        $"Scatter chart: {Title}. {string.Join("; ", Series.Select(s => $"{s.Name} has {s.FinitePoints.Count()} points"))}.";

    private void Draw(Markup markup, int width, int height)
    {
        var points = Series.SelectMany(s => s.FinitePoints).ToList();
        var frame = new PlotFrame(markup, width, height, points.Select(p => p.X), points.Select(p => p.Y), LogX, LogY);
        frame.Axes(XLabel, YLabel);
        for (var i = 0; i < Series.Count; i++)
        {
            foreach (var (x, y) in Series[i].FinitePoints)
            {
                var (px, py) = (frame.X.Pixel(x), frame.Y.Pixel(y));
                if (double.IsFinite(px) && double.IsFinite(py)) Shape(markup, i, px, py);
            }
        }
        frame.Annotate(Annotations);
    }

    // Shapes differ as well as colours, for readers who see few colours.
    private static void Shape(Markup markup, int series, double x, double y)
    {
        var @class = $"point {Legend.Class(series)}";
        string C(double value) => Markup.Coordinate(value);
        switch (series % 3)
        {
            case 0:
                markup.Empty("circle", ("class", @class), ("cx", C(x)), ("cy", C(y)), ("r", "3.2"));
                break;
            case 1:
                markup.Empty("rect", ("class", @class), ("x", C(x - 3)), ("y", C(y - 3)), ("width", "6"), ("height", "6"));
                break;
            default:
                markup.Empty("path", ("class", @class), ("d", $"M{C(x)} {C(y - 4)}L{C(x + 4)} {C(y + 3)}L{C(x - 4)} {C(y + 3)}Z"));
                break;
        }
    }
}
