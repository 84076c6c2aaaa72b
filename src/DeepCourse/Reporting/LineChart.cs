using System.Text;

namespace DeepCourse.Reporting;

/// <summary>Curves over a common horizontal axis: losses, metrics, learning rates, schedules.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Series">The curves; the first is drawn on top.</param>
public sealed record LineChart(string Title, IReadOnlyList<Series> Series) : Figure(Title)
{
    /// <summary>A chart of one or more curves.</summary>
    /// <param name="title">Heading.</param>
    /// <param name="series">The curves.</param>
    public LineChart(string title, params Series[] series) : this(title, (IReadOnlyList<Series>)series)
    {
    }

    /// <summary>Name of the horizontal axis, with its unit.</summary>
    public string XLabel { get; init; } = "";

    /// <summary>Name of the vertical axis, with its unit.</summary>
    public string YLabel { get; init; } = "";

    /// <summary>Equal horizontal distances for equal ratios; values that are not positive are left out.</summary>
    public bool LogX { get; init; }

    /// <summary>Equal vertical distances for equal ratios; values that are not positive are left out.</summary>
    public bool LogY { get; init; }

    /// <summary>Strength of the moving average in [0, 1): the smoothed curve is drawn over the faint original. 0 draws the original only.</summary>
    public double Smoothing { get; init; }

    /// <summary>Makes the vertical axis start at zero.</summary>
    public bool FromZero { get; init; }

    /// <summary>Highest value shown: curves that blow up (a learning rate finder's) leave the chart instead of flattening it.</summary>
    public double? YMaximum { get; init; }

    /// <summary>Lines and points with a remark.</summary>
    public IReadOnlyList<Annotation> Annotations { get; init; } = [];

    /// <inheritdoc/>
    protected override string Kind => "lines";

    /// <inheritdoc/>
    protected override void WriteBody(Markup markup)
    {
        Legend.Write(markup, [.. Series.Select(s => s.Name)]);
        PlotFrame.Draw(markup, Description, (width, height) => Draw(markup, width, height));
    }

    /// <inheritdoc/>
    protected override string Describe()
    {
        var parts = Series.Select(series =>
        {
            var points = series.FinitePoints.ToList();
            return points.Count == 0
                ? $"{series.Name} has no values"
                : $"{series.Name} goes from {NumberText.Of(points[0].Y)} to {NumberText.Of(points[^1].Y)}, lowest {NumberText.Of(points.Min(p => p.Y))}, highest {NumberText.Of(points.Max(p => p.Y))}";
        });
        return $"Line chart: {Title}. {string.Join("; ", parts)}.";
    }

    private void Draw(Markup markup, int width, int height)
    {
        var ys = Series.SelectMany(s => s.FinitePoints).Select(p => p.Y).Concat(Annotations.Where(a => a.Y is not null).Select(a => a.Y!.Value));
        if (FromZero) ys = ys.Append(0);
        if (YMaximum is { } maximum) ys = ys.Where(y => y <= maximum);
        var frame = new PlotFrame(markup, width, height, Series.SelectMany(s => s.FinitePoints).Select(p => p.X), ys, LogX, LogY);
        frame.Axes(XLabel, YLabel);
        for (var i = Series.Count - 1; i >= 0; i--)
        {
            var series = Series[i];
            // Points marked one by one (a value per epoch) are measurements to read off, not noise to smooth.
            if (Smoothing > 0 && !series.Dots)
            {
                Curve(markup, frame, series, $"curve faint {Legend.Class(i)}");
                series = series.Smooth(Smoothing);
            }
            Curve(markup, frame, series, $"curve {Legend.Class(i)}");
            if (Series[i].Dots) Dots(markup, frame, series, i);
        }
        frame.Annotate(Annotations);
    }

    private void Curve(Markup markup, PlotFrame frame, Series series, string @class)
    {
        var path = new StringBuilder();
        var pen = false;
        var ceiling = YMaximum is null ? double.PositiveInfinity : frame.Y.High;
        foreach (var (x, y) in Thin(series, frame))
        {
            var (px, py) = (frame.X.Pixel(x), frame.Y.Pixel(Math.Min(y, ceiling)));
            if (!double.IsFinite(px) || !double.IsFinite(py) || (y > ceiling && !pen))
            {
                pen = false;
                continue;
            }
            path.Append(pen ? 'L' : 'M').Append(Markup.Coordinate(px)).Append(' ').Append(Markup.Coordinate(py));
            pen = y <= ceiling;
        }
        if (path.Length > 0) markup.Empty("path", ("class", @class), ("d", path.ToString()));
    }

    private static void Dots(Markup markup, PlotFrame frame, Series series, int index)
    {
        foreach (var (x, y) in series.FinitePoints)
        {
            var (px, py) = (frame.X.Pixel(x), frame.Y.Pixel(y));
            if (!double.IsFinite(px) || !double.IsFinite(py)) continue;
            markup.Open("circle", ("class", $"dot {Legend.Class(index)}"), ("cx", Markup.Coordinate(px)), ("cy", Markup.Coordinate(py)), ("r", "3.5"));
            markup.Element("title", $"{series.Name}: {NumberText.Of(y)} at {NumberText.Of(x)}").Close("circle");
        }
    }

    // Thousands of steps on a few hundred pixels: keep the lowest and the highest of each pixel column, which looks the same.
    private static IEnumerable<(double X, double Y)> Thin(Series series, PlotFrame frame)
    {
        var points = series.Points.ToList();
        var columns = frame.InnerWidth;
        if (points.Count <= 2 * columns) return points;
        var thinned = new List<(double, double)>(2 * columns);
        for (var column = 0; column < columns; column++)
        {
            var (from, to) = ((int)((long)points.Count * column / columns), (int)((long)points.Count * (column + 1) / columns));
            var slice = Enumerable.Range(from, to - from).Where(i => double.IsFinite(points[i].Y)).ToList();
            if (slice.Count == 0) thinned.Add((double.NaN, double.NaN));
            else thinned.AddRange(new[] { slice.MinBy(i => points[i].Y), slice.MaxBy(i => points[i].Y) }.Distinct().Order().Select(i => points[i]));
        }
        return thinned;
    }
}
