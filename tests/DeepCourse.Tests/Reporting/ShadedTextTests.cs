using DeepCourse.Reporting;

namespace DeepCourse.Tests.Reporting;

public sealed class ShadedTextTests
{
    [Fact]
    public void Words_AreShadedByTheirShareOfTheStrongest()
    {
        var html = Figure(new("a", 0), new("good", 0.5), new("poor", -0.25), new("film", 0.01)).ToHtml();
        Assert.Contains(
            "<p class=\"words\">a <span class=\"toward strong\" style=\"--w:1\" title=\"+0.500\">good</span> " +
            "<span class=\"away strong\" style=\"--w:0.5\" title=\"-0.250\">poor</span> film</p>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Punctuation_StandsClose() =>
        Assert.Contains("well, yes", Figure(new("well", 0), new(",", 0, true), new("yes", 0)).ToHtml(), StringComparison.Ordinal);

    [Fact]
    public void WordsAndHeadings_AreEscaped()
    {
        var html = new ShadedText("<t>", [new("<h>", [new("<script>", 1), new("<b>", 0)])]).ToHtml();
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<h>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void TheStrongest_AreNamedForThoseWhoCannotSeeShades()
    {
        var html = Figure(new("good", 0.5), new("weak", 0.1), new("poor", -0.4)).ToHtml();
        Assert.Contains("Strongest: good (0.5), poor (-0.4).", html, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutAnyInfluence_NothingIsShaded()
    {
        Assert.DoesNotContain("<span", Figure(new("a", 0), new("b", double.NaN)).ToHtml(), StringComparison.Ordinal);
        Assert.DoesNotContain("<span", Figure().ToHtml(), StringComparison.Ordinal);
    }

    private static ShadedText Figure(params ShadedWord[] words) => new("Words", [new("heading", words)]);
}
