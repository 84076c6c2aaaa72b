using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Imaging.Drawing;

namespace DeepCourse.Tests.Vision.Imaging.Drawing;

public class LabelTests
{
    [Fact]
    public void Label_IsDarkTextOnARectangle()
    {
        var image = DrawnPixels.Blank(17, 13);

        image.Label(1, 1, "d1", DrawnPixels.Colour, 1);

        Assert.Equal(
            """
            .................
            .ooooooooooooooo.
            .ooooooooooooooo.
            .oooooo#ooo#oooo.
            .oooooo#oo##oooo.
            .ooo####ooo#oooo.
            .oo#ooo#ooo#oooo.
            .oo#ooo#ooo#oooo.
            .oo#ooo#ooo#oooo.
            .ooo####oo###ooo.
            .ooooooooooooooo.
            .ooooooooooooooo.
            .................
            """, DrawnPixels.Text(image));
        Assert.Equal(new PixelSize(15, 11), ImageDrawing.LabelSize("d1", 1));
    }

    [Fact]
    public void Label_AtAScale_IsMadeOfSquares()
    {
        var (plain, large) = (DrawnPixels.Blank(21, 11), DrawnPixels.Blank(63, 33));

        plain.Label(0, 0, "%g~", DrawnPixels.Colour, 1);
        large.Label(0, 0, "%g~", DrawnPixels.Colour, 3);

        for (var y = 0; y < large.Height; y++)
            for (var x = 0; x < large.Width; x++)
                Assert.Equal(DrawnPixels.At(plain, x / 3, y / 3), DrawnPixels.At(large, x, y));
    }

    [Theory]
    [InlineData(-7, -7, 0, 0)]
    [InlineData(25, 3, 21, 3)]
    [InlineData(int.MaxValue, int.MaxValue, 21, 9)]
    [InlineData(int.MinValue, 15, 0, 9)]
    public void Label_ThatReachesOut_IsMovedIn(int x, int y, int left, int top)
    {
        var (moved, inside) = (DrawnPixels.Blank(30, 20), DrawnPixels.Blank(30, 20));

        moved.Label(x, y, "q", DrawnPixels.Colour, 1);
        inside.Label(left, top, "q", DrawnPixels.Colour, 1);

        Assert.Equal(DrawnPixels.Text(inside), DrawnPixels.Text(moved));
        Assert.Equal(9 * 11, moved.Size.Area - DrawnPixels.Text(moved).Count(letter => letter == '.'));
    }

    [Fact]
    public void Label_TooLargeForThePicture_ShowsItsStart()
    {
        var (small, wide) = (DrawnPixels.Blank(20, 9), DrawnPixels.Blank(60, 11));

        small.Label(5, 2, "bicycle", DrawnPixels.Colour, 1);
        wide.Label(0, 0, "bicycle", DrawnPixels.Colour, 1);

        for (var y = 0; y < small.Height; y++)
            for (var x = 0; x < small.Width; x++) Assert.Equal(DrawnPixels.At(wide, x, y), DrawnPixels.At(small, x, y));
    }

    [Fact]
    public void Label_WithoutText_DrawsNothing()
    {
        var image = DrawnPixels.Blank(20, 12);

        image.Label(2, 2, "", DrawnPixels.Colour, 1);

        Assert.All(image.Pixels, sample => Assert.Equal(DrawnPixels.Ground, sample));
        Assert.Equal(new PixelSize(0, 0), ImageDrawing.LabelSize("", 4));
    }

    [Fact]
    public void Letters_AreAllDifferentAndOnlyTheSpaceIsBlank()
    {
        var letters = Enumerable.Range(32, 95).Select(code => Written($"{(char)code}")).ToList();

        Assert.Equal(95, letters.Distinct().Count());
        Assert.DoesNotContain('#', letters[0]);
        Assert.All(letters[1..], letter => Assert.Contains('#', letter));
        Assert.DoesNotContain(letters, letter => letter.Contains('?', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("é")]
    [InlineData("\n")]
    [InlineData("犬")]
    [InlineData("🐕")]
    public void CharactersOutsideAscii_AreBoxes(string text)
    {
        Assert.Equal(
            """
            ooooooooo
            ooooooooo
            oo#####oo
            oo#ooo#oo
            oo#ooo#oo
            oo#ooo#oo
            oo#ooo#oo
            oo#ooo#oo
            oo#####oo
            ooooooooo
            ooooooooo
            """, Written(text));
    }

    [Fact]
    public void Label_OnGreyAndTransparentPictures_IsAsLightAsItsColourAndOpaque()
    {
        var (grey, clear) = (new Image(9, 11, 1), new Image(12, 11, 4));

        grey.Label(0, 0, "|", new(0, 255, 0), 1);
        clear.Label(0, 0, "|", DrawnPixels.Colour, 1);

        // 0.587 * 255, and the ink.
        Assert.Equal((150, 19), (grey[0, 0][0], grey[4, 2][0]));
        Assert.Equal([255, 210, 60, 255], clear[0, 0].ToArray());
        Assert.Equal(255, clear[4, 2][3]);
        Assert.Equal(0, clear[9, 0][3]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Label_WithoutScale_IsAnError(int scale) => Assert.Throws<ArgumentOutOfRangeException>(
        () => DrawnPixels.Blank(20, 20).Label(0, 0, "a", DrawnPixels.Colour, scale));

    private static string Written(string text)
    {
        var image = DrawnPixels.Blank(9, 11);
        image.Label(0, 0, text, DrawnPixels.Colour, 1);
        return DrawnPixels.Text(image);
    }
}
