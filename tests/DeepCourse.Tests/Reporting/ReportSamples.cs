using DeepCourse.Reporting;

namespace DeepCourse.Tests.Reporting;

/// <summary>Figures and pictures that several report tests look at.</summary>
internal static class ReportSamples
{
    /// <summary>A 2x1 PNG: one red, one green pixel.</summary>
    public static byte[] Png { get; } = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGP4z8DA8J8BAAf/Af8Bf4mnAAAAAElFTkSuQmCC");

    public static Picture Picture(params BoxMark[] boxes) => new(Png, "red and green") { Caption = "cat 0.9", Correct = true, Boxes = boxes };

    /// <summary>A report with every kind of figure.</summary>
    public static HtmlReport Everything()
    {
        var report = new HtmlReport("Every figure") { Kicker = "Tests", Summary = "With **all** of them.", Footer = "The end." };
        report.Fact("seed", "1");
        report.Section("Numbers")
            .Metric("accuracy", 0.8, 0.75)
            .Metric(new MetricCard("seconds", 12, 10) { HigherIsBetter = false, Unit = "s" })
            .Figure(new BarChart("Bars", ["one", "two with a rather long name"], [new BarSeries("a", [0.5, double.NaN]), new BarSeries("b", [0.2, 0.9])]))
            .Figure(new IntervalChart("Intervals", [new("a change with a rather long name", 0.01, -0.02, 0.04) { Points = [0, 0.02], Note = "noise" }, new("b", -0.9, -1, -0.8) { Tone = Tone.Bad, Note = "worse" }]) { Limit = 0.05 })
            .Figure(new Table("Rows", ["name", "value", "more", "and more", "a long column head", "x"], [["a", "1", "2", "3", "4", "5"]]));
        report.Section("Curves")
            .Chart(new LineChart("Loss", Series.Of("train", Enumerable.Range(1, 3000).Select(i => 1.0 / i))) { LogY = true, Smoothing = 0.9, Annotations = [Annotation.At(10, "here")] })
            .Columns(RateFinderChart.Of("Finder", [1e-5, 1e-4, 1e-3, 1e-2], [3, 2.5, 1, 50], 1e-3), new ScatterChart("Points", new Series("p", [1, 2], [3, 4])));
        report.Section("Pictures")
            .Images(new ImageGrid("Grid", [.. Enumerable.Repeat(Picture(new BoxMark(0, 0, 1, 1, MarkKind.Truth, "cat"), new BoxMark(0.5, 0, 2, 1, MarkKind.Mistake, "a very long label indeed")), 5)]))
            .Figure(Heatmap.Confusion("Confusion", [.. Enumerable.Range(0, 20).Select(i => $"class number {i}")], new int[20, 20]))
            .Details("More", more => more.Text("Folded `code`.").Images(new ImageGrid("", [Picture()])));
        return report;
    }
}
