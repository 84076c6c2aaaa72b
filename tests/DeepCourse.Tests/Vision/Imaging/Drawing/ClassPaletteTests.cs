using System.Globalization;
using System.Text.RegularExpressions;
using DeepCourse.Reporting;
using DeepCourse.Vision.Imaging.Drawing;

namespace DeepCourse.Tests.Vision.Imaging.Drawing;

public partial class ClassPaletteTests
{
    [Fact]
    public void Colours_AreThoseOfReports()
    {
        using var stream = typeof(BoxMark).Assembly.GetManifestResourceStream("DeepCourse.Reporting.report.css")!;
        using var reader = new StreamReader(stream);

        var ofReports = Definitions().Matches(reader.ReadToEnd())
            .OrderBy(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            .Select(match => int.Parse(match.Groups[2].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture))
            .Select(code => new Rgb((byte)(code >> 16), (byte)(code >> 8), (byte)code));

        Assert.Equal(ofReports, ClassPalette.Colours);
        Assert.Equal(BoxMark.Colours, ClassPalette.Colours.Count);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 7)]
    [InlineData(8, 0)]
    [InlineData(79, 7)]
    [InlineData(-1, 7)]
    [InlineData(int.MinValue, 0)]
    public void LaterClasses_StartAgain(int index, int colour) =>
        Assert.Equal(ClassPalette.Colours[colour], ClassPalette.Of(index));

    [GeneratedRegex(@"\.k(\d+) \{ --k: #([0-9a-f]{6});")]
    private static partial Regex Definitions();
}
