using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Imaging.Drawing;

namespace DeepCourse.Tests.Vision.Imaging.Drawing;

public class FrameTests
{
    [Fact]
    public void Frame_LiesInsideTheBoxBetweenDarkEdges()
    {
        var image = DrawnPixels.Blank(11, 9);

        image.Frame(new(2, 2, 9, 7), DrawnPixels.Colour, 1);

        Assert.Equal(
            """
            ...........
            .#########.
            .#ooooooo#.
            .#o#####o#.
            .#o#...#o#.
            .#o#####o#.
            .#ooooooo#.
            .#########.
            ...........
            """, DrawnPixels.Text(image));
    }

    [Fact]
    public void Frame_OfABoxThatReachesOut_FollowsTheBorder()
    {
        var image = DrawnPixels.Blank(10, 8);

        image.Frame(new(-50, -1, 6.4f, float.PositiveInfinity), DrawnPixels.Colour, 2);

        Assert.Equal(
            """
            oooooo#...
            oooooo#...
            oo##oo#...
            oo##oo#...
            oo##oo#...
            oo##oo#...
            oooooo#...
            oooooo#...
            """, DrawnPixels.Text(image));
    }

    [Fact]
    public void Frame_OfABoxSmallerThanItsLine_FillsIt()
    {
        var image = DrawnPixels.Blank(7, 5);

        image.Frame(new(2.9f, 2.1f, 3.2f, 2.3f), DrawnPixels.Colour, 3);

        Assert.Equal(".......\n..###..\n..#o#..\n..###..\n.......", DrawnPixels.Text(image));
    }

    [Theory]
    [InlineData(20, 2, 30, 6)]
    [InlineData(2, -9, 6, -1)]
    [InlineData(-5, 2, 0, 6)]
    [InlineData(3, 3, 3, 6)]
    [InlineData(6, 6, 3, 3)]
    [InlineData(float.NaN, 2, 6, 6)]
    [InlineData(2, 2, 6, float.NaN)]
    public void Frame_OfABoxOutsideOrEmpty_DrawsNothing(float left, float top, float right, float bottom)
    {
        var image = DrawnPixels.Blank(10, 8);

        image.Frame(new(left, top, right, bottom), DrawnPixels.Colour, 2);

        Assert.All(image.Pixels, sample => Assert.Equal(DrawnPixels.Ground, sample));
    }

    [Fact]
    public void Frame_ThickerThanThePicture_FillsTheBox()
    {
        var image = DrawnPixels.Blank(10, 8);

        image.Frame(new(0, 0, 10, 8), DrawnPixels.Colour, int.MaxValue);

        Assert.Equal(80, DrawnPixels.Count(image, DrawnPixels.Colour));
    }

    [Fact]
    public void Frame_OnAGreyPicture_IsAsLightAsItsColour()
    {
        var image = DrawnPixels.Blank(9, 9, channels: 1);

        image.Frame(new(2, 2, 7, 7), new(255, 0, 0), 1);

        // 0.299 * 255, and the ink.
        Assert.Equal((100, 19, 76, 19), (image[0, 0][0], image[1, 1][0], image[2, 2][0], image[3, 3][0]));
    }

    [Fact]
    public void Frame_OnATransparentPicture_IsOpaque()
    {
        var image = new Image(9, 9, 4);

        image.Frame(new(2, 2, 7, 7), DrawnPixels.Colour, 1);

        Assert.Equal([255, 210, 60, 255], image[2, 2].ToArray());
        Assert.Equal(255, image[1, 1][3]);
        Assert.Equal([0, 0, 0, 0], image[4, 4].ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void Frame_WithoutThickness_IsAnError(int thickness) => Assert.Throws<ArgumentOutOfRangeException>(
        () => DrawnPixels.Blank(4, 4).Frame(new PixelBox(1, 1, 3, 3), DrawnPixels.Colour, thickness));
}
