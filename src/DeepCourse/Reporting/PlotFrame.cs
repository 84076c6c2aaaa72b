namespace DeepCourse.Reporting;

/// <summary>The drawing area that line and scatter charts share: grid, ticks, axis names, annotations.</summary>
internal sealed class PlotFrame
{
    /// <summary>A chart is drawn twice and the style sheet shows the one that fits, so that its text has the same size on a desk and on a phone.</summary>
    internal static readonly (string Name, int Width, int Height)[] Sizes = [("wide", 880, 350), ("narrow", 380, 280)];

    private const int Left = 48, Top = 30, RightMargin = 16, Bottom = 44;
    private readonly Markup _markup;
    private readonly int _width, _height;

    public PlotFrame(Markup markup, int width, int height, IEnumerable<double> xs, IEnumerable<double> ys, bool logX, bool logY)
    {
        (_markup, _width, _height) = (markup, width, height);
        X = new Axis([.. xs], Left, width - RightMargin, logX, rounded: false, maximumTicks: width / 90);
        Y = new Axis([.. ys], height - Bottom, Top, logY, rounded: true, maximumTicks: 5);
    }

    public Axis X { get; }

    public Axis Y { get; }

    public int InnerWidth => _width - Left - RightMargin;

    /// <summary>Draws a figure in every size.</summary>
    public static void Draw(Markup markup, string description, Action<int, int> body)
    {
        foreach (var (name, width, height) in Sizes)
        {
            markup.Open("svg", ("class", $"plot {name}"), ("viewBox", $"0 0 {width} {height}"), ("role", "img"), ("aria-label", description));
            body(width, height);
            markup.Close("svg");
        }
    }

    public void Axes(string xLabel, string yLabel)
    {
        foreach (var (value, label) in Y.Ticks)
        {
            var y = Y.Pixel(value);
            Line("grid", Left, y, _width - RightMargin, y);
            Text(label, Left - 8, y + 4, "end", "tick");
        }
        var bottom = _height - Bottom;
        foreach (var (value, label) in X.Ticks)
        {
            var x = X.Pixel(value);
            Line("mark", x, bottom, x, bottom + 5);
            Text(label, x, bottom + 19, "middle", "tick");
        }
        Line("axis", Left, bottom, _width - RightMargin, bottom);
        if (xLabel.Length > 0) Text(xLabel, _width - RightMargin, _height - 6, "end", "label");
        if (yLabel.Length > 0) Text(yLabel, 0, 12, "start", "label");
    }

    public void Annotate(IEnumerable<Annotation> annotations)
    {
        foreach (var annotation in annotations)
        {
            if (annotation.X is { } px && annotation.Y is { } py) Mark(annotation, X.Pixel(px), Y.Pixel(py));
            else if (annotation.X is { } x) Vertical(annotation, X.Pixel(x));
            else if (annotation.Y is { } y) Horizontal(annotation, Y.Pixel(y));
        }
    }

    public void Text(string text, double x, double y, string anchor, string @class) => _markup.Element("text", text,
        ("class", @class), ("x", Markup.Coordinate(x)), ("y", Markup.Coordinate(y)), ("text-anchor", anchor));

    private void Mark(Annotation annotation, double x, double y)
    {
        if (!double.IsFinite(x) || !double.IsFinite(y)) return;
        _markup.Empty("circle", ("class", "noted"), ("cx", Markup.Coordinate(x)), ("cy", Markup.Coordinate(y)), ("r", "5"));
        Beside(annotation.Text, x, Math.Max(y - 9, Top + 10));
    }

    private void Vertical(Annotation annotation, double x)
    {
        if (!double.IsFinite(x)) return;
        Line("note", x, Top, x, _height - Bottom);
        Beside(annotation.Text, x, Top + 10);
    }

    private void Horizontal(Annotation annotation, double y)
    {
        if (!double.IsFinite(y)) return;
        Line("note", Left, y, _width - RightMargin, y);
        Text(annotation.Text, _width - RightMargin - 4, y - 6 < Top + 6 ? y + 15 : y - 6, "end", "remark");
    }

    // Text goes to the side of the mark that has more room.
    private void Beside(string text, double x, double y)
    {
        var right = x < Left + (InnerWidth * 0.6);
        Text(text, right ? x + 7 : x - 7, y, right ? "start" : "end", "remark");
    }

    private void Line(string @class, double x1, double y1, double x2, double y2) => _markup.Empty("line", ("class", @class),
        ("x1", Markup.Coordinate(x1)), ("y1", Markup.Coordinate(y1)), ("x2", Markup.Coordinate(x2)), ("y2", Markup.Coordinate(y2)));
}
