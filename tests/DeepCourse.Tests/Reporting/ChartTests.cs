using System.Text.RegularExpressions;
using System.Xml.Linq;
using DeepCourse.Reporting;

namespace DeepCourse.Tests.Reporting;

public sealed partial class ChartTests
{
    [Fact]
    public void CurvePassesThroughItsPoints()
    {
        // Frame of the wide chart: x from 48 to 864, y from 306 (0) to 30 (4).
        var html = new LineChart("Line", new Series("y", [0, 1, 2], [0, 4, 2])).ToHtml();

        Assert.Contains("d=\"M48 306L456 30L864 168\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingValuesLeaveAGap()
    {
        var html = new LineChart("Line", new Series("y", [0, 1, 2, 3], [0, double.NaN, 2, 4])).ToHtml();

        Assert.Equal(2, Wide(html).Count(c => c == 'M'));
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
    }

    [Fact]
    public void LongCurvesAreThinnedWithoutLosingTheirExtremes()
    {
        var values = Enumerable.Range(0, 50_000).Select(i => i == 31_234 ? 100.0 : Math.Sin(i * 0.01)).ToArray();
        var html = new LineChart("Line", Series.Of("y", values)).ToHtml();
        var points = Numbers().Count(Wide(html)) / 2;

        Assert.InRange(points, 800, 2 * 880);
        // The one value of 100 is the top of the axis.
        Assert.Contains(" 30L", Wide(html), StringComparison.Ordinal);
    }

    [Fact]
    public void SmoothingIsTheBiasCorrectedMovingAverage()
    {
        var smooth = Series.Of("y", [2, 4, double.NaN, 8]).Smooth(0.5);

        // By hand: 1/0.5; (0.5*1 + 0.5*4)/0.75; (0.5*2.5 + 0.5*8)/0.875
        Assert.Equal(2, smooth.Y[0], 12);
        Assert.Equal(2.5 / 0.75, smooth.Y[1], 12);
        Assert.True(double.IsNaN(smooth.Y[2]));
        Assert.Equal(5.25 / 0.875, smooth.Y[3], 12);
    }

    [Fact]
    public void SmoothingOfOneIsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => Series.Of("y", [1]).Smooth(1));

    [Fact]
    public void SmoothedCurveStandsOverTheFaintOriginalButMarkedEpochsStayAsMeasured()
    {
        var html = new LineChart("Line", Series.Of("train", [3, 1, 2]), Series.Of("valid", [3, 2, 1]) with { Dots = true }) { Smoothing = 0.9 }.ToHtml();

        Assert.Equal(2, Regex.Count(html, "curve faint"));
        Assert.Contains("<title>valid: 1 at 3</title>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void RateFinderLeavesTheChartWhereTheLossExplodes()
    {
        var chart = RateFinderChart.Of("Finder", [1e-4, 1e-3, 1e-2, 1e-1, 1], [3, 2, 1, 50, 5000], suggestion: 3e-3);

        Assert.True(chart.LogX);
        Assert.InRange(chart.YMaximum!.Value, 3, 10);
        Assert.Contains("suggested 0.003", chart.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void BarsSpanFromZeroToTheirValue()
    {
        var html = new BarChart("Bars", [("a", 1.0), ("b", -1.0), ("c", double.NaN)]).ToHtml();

        Assert.Contains("style=\"left:50%;width:50%\"", html, StringComparison.Ordinal);
        Assert.Contains("style=\"left:0%;width:50%\"", html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"value\">–</span>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void IntervalsSpanFromTheirLowToTheirHigh()
    {
        var html = new IntervalChart("Intervals", [new("a", 1, -1, 2) { Points = [0.5], Note = "noise" }, new("b", double.NaN, double.NaN, double.NaN)]).ToHtml();

        // The axis goes from -1 to 2.
        Assert.Contains("class=\"span\" style=\"left:0%;width:100%\"", html, StringComparison.Ordinal);
        Assert.Contains("class=\"seed\" style=\"left:50%\"", html, StringComparison.Ordinal);
        Assert.Contains("class=\"mean\" style=\"left:66.67%\"", html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"value\">1 noise</span>", html, StringComparison.Ordinal);
        Assert.Contains("a: 1 from -1 to 2, noise", html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"value\">–</span>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
    }

    [Fact]
    public void IntervalsBeyondTheLimitAreDrawnAtItsEdge()
    {
        var html = new IntervalChart("Intervals", [new("near", 0.5, 0, 1), new("far", -50, -60, -40) { Points = [-50] }]) { Limit = 1 }.ToHtml();

        Assert.Contains("class=\"beyond\" style=\"left:0%\">◂</i>", html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"value\">-50</span>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"seed\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void ConfusionCellsAreShadedByTheirShareOfTheRow()
    {
        var html = Heatmap.Confusion("Matrix", ["a", "b"], new[,] { { 3, 1 }, { 0, 8 } }).ToHtml();

        Assert.Contains("fill-opacity=\"0.87\"", html, StringComparison.Ordinal);
        Assert.Contains("fill-opacity=\"0.5\"", html, StringComparison.Ordinal);
        Assert.Contains("<title>a → b: 1</title>", html, StringComparison.Ordinal);
        Assert.Contains("11 of 12 on the diagonal", html, StringComparison.Ordinal);
    }

    [Fact]
    public void ConfusionOfTheWrongSizeIsRefused() =>
        Assert.Throws<ArgumentException>(() => Heatmap.Confusion("Matrix", ["a", "b"], new int[3, 2]));

    [Theory]
    [InlineData(0.75124, "0.7512")]
    [InlineData(12.3456, "12.35")]
    [InlineData(1234.4, "1,234")]
    [InlineData(0.00042, "4.2e-4")]
    [InlineData(-3, "-3")]
    [InlineData(0, "0")]
    [InlineData(double.NaN, "not a number")]
    public void NumbersAreShort(double value, string text) => Assert.Equal(text, NumberText.Of(value));

    [Fact]
    public void EverySvgIsWellFormedAndDescribed()
    {
        var svgs = Svgs().Matches(ReportSamples.Everything().ToHtml()).Select(m => XElement.Parse(m.Value)).ToList();

        Assert.True(svgs.Count > 5);
        Assert.All(svgs, svg => Assert.True(svg.Attribute("aria-label") is not null || svg.Attribute("aria-hidden") is not null));
        Assert.All(svgs.SelectMany(svg => svg.DescendantsAndSelf()).SelectMany(e => e.Attributes()), a => Assert.DoesNotContain("NaN", a.Value, StringComparison.Ordinal));
    }

    private static string Wide(string html) => Paths().Matches(html).Select(m => m.Groups[1].Value).First();

    [GeneratedRegex("<path class=\"curve[^\"]*\" d=\"([^\"]*)\"")]
    private static partial Regex Paths();

    [GeneratedRegex("[0-9.]+")]
    private static partial Regex Numbers();

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Svgs();
}
