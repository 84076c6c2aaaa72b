using System.Text.RegularExpressions;
using DeepCourse.Reporting;

namespace DeepCourse.Tests.Reporting;

public sealed partial class HtmlReportTests
{
    [Fact]
    public void ReportIsOneFileWithoutScriptOrNetwork()
    {
        var html = ReportSamples.Everything().ToHtml();

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http:", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https:", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void SameContentGivesTheSameText() => Assert.Equal(ReportSamples.Everything().ToHtml(), ReportSamples.Everything().ToHtml());

    [Fact]
    public void EveryTextIsEscaped()
    {
        const string evil = "<img src=x onerror=alert(1)> & \"quotes\" 'too'";
        var report = new HtmlReport(evil) { Kicker = evil, Summary = evil, Notice = evil, Footer = evil };
        report.Fact(evil, evil).Section(evil, evil).Text(evil).Metric(evil, 1, 2).Details(evil, d => d.Text(evil))
            .Figure(new Table(evil, [evil], [[evil]]) { Caption = evil })
            .Figure(new BarChart(evil, [(evil, 1.0)]))
            .Figure(new LineChart(evil, Series.Of(evil, [1, 2])) { XLabel = evil, YLabel = evil, Annotations = [Annotation.At(1, evil)], Alt = evil })
            .Figure(new Heatmap(evil, [evil], [evil], new double[1, 1] { { 1 } }) { RowLabel = evil })
            .Images(new ImageGrid(evil, [new Picture(ReportSamples.Png, evil) { Caption = evil, Boxes = [new BoxMark(0, 0, 1, 1, MarkKind.Truth, evil)] }]));
        var html = report.ToHtml();

        Assert.DoesNotContain("<img src=x", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\"quotes\"", html, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt; &amp; &quot;quotes&quot; &#39;too&#39;", html, StringComparison.Ordinal);
    }

    [Fact]
    public void ProseKnowsCodeAndBoldOnly()
    {
        var html = new HtmlReport("t").Text("`a<b` and **very** and a lone ` and ** too");

        var markup = new Markup();
        html.Write(markup, anchors: true);
        Assert.Equal("<p><code>a&lt;b</code> and <strong>very</strong> and a lone ` and ** too</p>\n", markup.ToString());
    }

    [Fact]
    public void TagsAreBalanced()
    {
        var open = new Stack<string>();
        foreach (Match tag in Tags().Matches(ReportSamples.Everything().ToHtml()))
        {
            var (name, isClosing) = (tag.Groups[2].Value, tag.Groups[1].Length > 0);
            if (tag.Value.EndsWith("/>", StringComparison.Ordinal) || name is "meta" or "link") continue;
            if (isClosing) Assert.Equal(open.Pop(), name);
            else open.Push(name);
        }
        Assert.Empty(open);
    }

    [Fact]
    public void EveryPictureHasATextAndEverySectionAnAnchor()
    {
        var html = ReportSamples.Everything().ToHtml();

        Assert.Equal(Regex.Count(html, "<img "), Regex.Count(html, "<img [^>]*alt=\"red and green\""));
        Assert.Equal(3, Regex.Count(html, "<a href=\"#section-[123]\">"));
        Assert.Equal(3, Regex.Count(html, "<section id=\"section-[123]\">"));
    }

    [Theory]
    [InlineData(0.8, 0.75, true, true)]
    [InlineData(0.7, 0.75, true, false)]
    [InlineData(0.75, 0.75, true, true)]
    [InlineData(11, 10, false, false)]
    [InlineData(9, 10, false, true)]
    [InlineData(double.NaN, 10, true, false)]
    [InlineData(double.NaN, 10, false, false)]
    public void CardSaysWhetherTheBarIsReached(double value, double bar, bool higherIsBetter, bool met)
    {
        var card = new MetricCard("m", value, bar) { HigherIsBetter = higherIsBetter };
        var html = new HtmlReport("t");
        html.Metric(card);

        Assert.Equal(met, card.IsMet);
        Assert.Contains(met ? "class=\"card met\"" : "class=\"card missed\"", html.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void CardsThatFollowEachOtherShareARow()
    {
        var report = new HtmlReport("t");
        report.Metric("a", 1).Metric("b", 2).Text("between").Metric("c", 3);

        Assert.Equal(2, Regex.Count(report.ToHtml(), "<div class=\"cards\">"));
    }

    [Theory]
    [InlineData("0.75", true)]
    [InlineData("−0.02", true)]
    [InlineData("+3.1%", true)]
    [InlineData("–", true)]
    [InlineData("--epochs", false)]
    [InlineData("-", false)]
    [InlineData("bird", false)]
    public void ColumnsOfNumbersAreAlignedToTheRight(string cell, bool number)
    {
        var html = new Table("", ["head"], [[cell]]).ToHtml();

        Assert.Equal(number, html.Contains("<td class=\"number\">", StringComparison.Ordinal));
    }

    [Fact]
    public void TableWithAMissingCellNamesTheRow()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new Table("Results", ["a", "b"], [["1", "2"], ["1"]]).ToHtml());

        Assert.Equal("table 'Results', row 1: expected 2 cells, actual 1", error.Message);
    }

    [GeneratedRegex("<(/?)([a-z0-9]+)(?:\\s[^>]*)?>")]
    private static partial Regex Tags();
}
