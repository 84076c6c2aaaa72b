namespace DeepCourse.Reporting;

/// <summary>The plot of a learning rate finder: loss against rate, with the suggested rate marked.</summary>
/// <remarks>Smith 2017, "Cyclical Learning Rates for Training Neural Networks", section 3.3.</remarks>
public static class RateFinderChart
{
    /// <summary>Draws the finder's trace.</summary>
    /// <param name="title">Heading.</param>
    /// <param name="rates">Learning rates tried, rising.</param>
    /// <param name="losses">Loss at each rate.</param>
    /// <param name="suggestion">The suggested rate; null marks none.</param>
    /// <returns>A chart with a logarithmic horizontal axis, cut where the loss blows up.</returns>
    public static LineChart Of(string title, IReadOnlyList<double> rates, IReadOnlyList<double> losses, double? suggestion = null)
    {
        var smoothed = new Series("loss", rates, losses).Smooth(0.6);
        var finite = smoothed.FinitePoints.Select(p => p.Y).ToList();
        var low = finite.Count > 0 ? finite.Min() : 0;
        var start = finite.Count > 0 ? finite[0] : 1;
        return new LineChart(title, new Series("loss", rates, losses))
        {
            LogX = true,
            Smoothing = 0.6,
            XLabel = "learning rate",
            YLabel = "loss",
            YMaximum = Math.Max(start, low) + Math.Max(Math.Abs(start - low), 1e-6),
            Annotations = suggestion is { } rate ? [Annotation.At(rate, $"suggested {NumberText.Of(rate)}")] : [],
        };
    }
}
