using DeepCourse.Reporting;

namespace DeepCourse.Tests.Reporting;

public sealed class PictureTests
{
    // A blue picture of 30x20 pixels in each format, written by Pillow.
    private const string Jpeg =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////////////////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////////////////////////////////////wAARCAAUAB4DASIAAhEBAxEB";
    private const string WebP = "UklGRkIAAABXRUJQVlA4IDYAAAAQAwCdASoeABQAP3Gy0GA0rimlqAgCkC4JZQDM0BalVAAA/uuOX/8EF+IP1BrSxGFxWeCAAAA=";
    private const string LosslessWebP = "UklGRhwAAABXRUJQVlA4TA8AAAAvHcAEAAcQ0f/+ByKi/wEA";
    private const string AlphaWebP =
        "UklGRmYAAABXRUJQVlA4WAoAAAAQAAAAHQAAEwAAQUxQSAoAAAABB1DAiAhERP8DVlA4IDYAAAAQAwCdASoeABQAP3Gy0GA0rimlqAgCkC4JZQDM0BalVAAA/uuOX/8EF+IP1BrSxGFxWeCAAAA=";

    [Theory]
    [InlineData(Jpeg, "image/jpeg")]
    [InlineData(WebP, "image/webp")]
    [InlineData(LosslessWebP, "image/webp")]
    [InlineData(AlphaWebP, "image/webp")]
    public void SizeAndTypeAreReadFromTheHeader(string base64, string mediaType)
    {
        var picture = new Picture(Convert.FromBase64String(base64), "blue");

        Assert.Equal((30, 20, mediaType), (picture.Width, picture.Height, picture.MediaType));
    }

    [Fact]
    public void PngSizeIsRead() => Assert.Equal((2, 1), (ReportSamples.Picture().Width, ReportSamples.Picture().Height));

    [Theory]
    [InlineData("")]
    [InlineData("/9j/")]
    [InlineData("aGVsbG8gd29ybGQsIHRoaXMgaXMgdGV4dA==")]
    public void BytesOfNoPictureAreRefused(string base64) =>
        Assert.Throws<ArgumentException>(() => new Picture(Convert.FromBase64String(base64), "nothing"));

    [Fact]
    public void BoxOutsideThePictureIsCutToIt()
    {
        var html = new ImageGrid("", [ReportSamples.Picture(new BoxMark(-5, -5, 50, 50, MarkKind.Prediction, "all"))]).ToHtml();

        Assert.Contains("<rect class=\"prediction\" x=\"0\" y=\"0\" width=\"2\" height=\"1\"/>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void BoxThatIsNotANumberIsNotDrawn()
    {
        var html = new ImageGrid("", [ReportSamples.Picture(new BoxMark(double.NaN, 0, 1, 1, MarkKind.Prediction, "x"))]).ToHtml();

        Assert.DoesNotContain("<rect", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
    }

    [Fact]
    public void BoxesWithAColourOfTheirOwn_HaveItInPictureAndLegend()
    {
        BoxMark Mark(int colour, string name) => new(0, 0, 1, 1, MarkKind.Prediction, $"{name} 90 %") { Colour = colour, ColourName = name };
        var html = new ImageGrid("", [ReportSamples.Picture(Mark(9, "dog"), Mark(0, "cat"), Mark(0, "cat"))]).ToHtml();

        Assert.Contains("<rect class=\"prediction coloured k2\"", html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"tag prediction coloured k1\"", html, StringComparison.Ordinal);
        Assert.Equal(2, html.Split("<li class=\"prediction coloured").Length - 1);
        Assert.True(
            html.IndexOf(">cat</li>", StringComparison.Ordinal) < html.IndexOf(">dog</li>", StringComparison.Ordinal), "in order of the colours");
    }

    [Fact]
    public void TruthAndPredictionHaveClassesOfTheirOwnAndALegend()
    {
        var html = new ImageGrid("", [ReportSamples.Picture(new(0, 0, 1, 1, MarkKind.Truth, "cat"), new(0, 0, 2, 1, MarkKind.Mistake, "dog"))]).ToHtml();

        Assert.Contains("<span class=\"tag truth\"", html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"tag mistake\"", html, StringComparison.Ordinal);
        Assert.Contains("<li class=\"truth\">truth</li>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<li class=\"prediction\">", html, StringComparison.Ordinal);
    }
}
