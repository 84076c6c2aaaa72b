namespace DeepCourse.Reporting;

/// <summary>A remark inside a chart: a vertical line, a horizontal line, or a marked point.</summary>
public sealed record Annotation
{
    private Annotation(double? x, double? y, string text) => (X, Y, Text) = (x, y, text);

    /// <summary>Horizontal position in the chart's units; null for a horizontal line.</summary>
    public double? X { get; }

    /// <summary>Vertical position in the chart's units; null for a vertical line.</summary>
    public double? Y { get; }

    /// <summary>What is written there.</summary>
    public string Text { get; }

    /// <summary>A vertical line, such as the chosen learning rate or the epoch at which layers were unfrozen.</summary>
    /// <param name="x">Position on the horizontal axis.</param>
    /// <param name="text">What is written beside it.</param>
    /// <returns>The annotation.</returns>
    public static Annotation At(double x, string text) => new(x, null, text);

    /// <summary>A horizontal line, such as a bar to reach.</summary>
    /// <param name="y">Position on the vertical axis.</param>
    /// <param name="text">What is written on it.</param>
    /// <returns>The annotation.</returns>
    public static Annotation Level(double y, string text) => new(null, y, text);

    /// <summary>A marked point.</summary>
    /// <param name="x">Position on the horizontal axis.</param>
    /// <param name="y">Position on the vertical axis.</param>
    /// <param name="text">What is written beside it.</param>
    /// <returns>The annotation.</returns>
    public static Annotation Point(double x, double y, string text) => new(x, y, text);
}
