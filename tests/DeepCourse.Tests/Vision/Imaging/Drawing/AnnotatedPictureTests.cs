using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Imaging.Drawing;

namespace DeepCourse.Tests.Vision.Imaging.Drawing;

public class AnnotatedPictureTests
{
    private static readonly string[] Classes = ["cat", "dog"];

    [Fact]
    public void Draw_FramesAndNamesWhatWasFound()
    {
        var image = DrawnPixels.Blank(120, 90);
        var box = new PixelBox(20, 30, 100, 80);

        var drawn = AnnotatedPicture.Draw(image, [new(1, 0.684f, box)], Classes);

        var expected = DrawnPixels.Blank(120, 90);
        expected.Frame(box, ClassPalette.Of(1), 1);
        expected.Label(20, 30 - 11, "dog 68 %", ClassPalette.Of(1), 1);
        Assert.Equal(expected.Pixels, drawn.Pixels);
        Assert.All(image.Pixels, sample => Assert.Equal(DrawnPixels.Ground, sample));
    }

    [Fact]
    public void Draw_OfNothing_IsACopy()
    {
        var image = DrawnPixels.Blank(12, 9);

        var drawn = AnnotatedPicture.Draw(image, [new(0, 1, new(50, 50, 60, 60))], Classes);

        Assert.NotSame(image.Pixels, drawn.Pixels);
        Assert.Equal(image.Pixels, drawn.Pixels);
    }

    [Fact]
    public void Draw_PutsTheSurestOnTopWhateverTheOrder()
    {
        DetectedObject[] found = [new(0, 0.9f, new(20, 30, 100, 80)), new(1, 0.4f, new(20, 30, 100, 80))];

        var drawn = AnnotatedPicture.Draw(DrawnPixels.Blank(120, 90), found, Classes);
        var turned = AnnotatedPicture.Draw(DrawnPixels.Blank(120, 90), found.AsEnumerable().Reverse(), Classes);

        Assert.Equal(drawn.Pixels, turned.Pixels);
        Assert.Equal(ClassPalette.Of(0), DrawnPixels.At(drawn, 99, 60));
    }

    [Fact]
    public void Labels_OfBoxesAtTheSamePlace_DoNotCoverEachOther()
    {
        var box = new PixelBox(20, 30, 100, 80);

        var drawn = AnnotatedPicture.Draw(
            DrawnPixels.Blank(120, 120),
            Enumerable.Range(0, 4).Select(index => new DetectedObject(index, 0.9f - (0.1f * index), box)),
            ["a", "a", "a", "a"]);

        // Above the box, at its top, at its foot, below it: the corners of the four rectangles.
        int[] tops = [30 - 11, 30, 80 - 11, 80];
        Assert.All(tops.Index(), place => Assert.Equal(ClassPalette.Of(place.Index), DrawnPixels.At(drawn, 20, place.Item)));
        Assert.All(tops.Index(), place => Assert.Equal(ClassPalette.Of(place.Index), DrawnPixels.At(drawn, 21, place.Item + 10)));
    }

    [Fact]
    public void Label_WithoutRoomAboveTheBox_LiesInIt()
    {
        var drawn = AnnotatedPicture.Draw(DrawnPixels.Blank(120, 90), [new(0, 1, new(110, 4, 120, 80))], Classes);

        var expected = DrawnPixels.Blank(120, 90);
        expected.Frame(new(110, 4, 120, 80), ClassPalette.Of(0), 1);
        expected.Label(120 - ImageDrawing.LabelSize("cat 100 %", 1).Width, 4, "cat 100 %", ClassPalette.Of(0), 1);
        Assert.Equal(expected.Pixels, drawn.Pixels);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(-1)]
    public void AClassWithoutAName_IsWrittenAsItsNumber(int index)
    {
        var drawn = AnnotatedPicture.Draw(DrawnPixels.Blank(120, 90), [new(index, 0.5f, new(20, 30, 100, 80))], Classes);

        var expected = DrawnPixels.Blank(120, 90);
        expected.Frame(new(20, 30, 100, 80), ClassPalette.Of(7), 1);
        expected.Label(20, 19, $"{index} 50 %", ClassPalette.Of(7), 1);
        Assert.Equal(expected.Pixels, drawn.Pixels);
    }

    [Fact]
    public void AGreyPicture_BecomesRgb()
    {
        var drawn = AnnotatedPicture.Draw(
            DrawnPixels.Blank(120, 90, channels: 1), [new(0, 0.5f, new(20, 30, 100, 80))], Classes);

        Assert.Equal(3, drawn.Channels);
        Assert.Equal(new Rgb(100, 100, 100), DrawnPixels.At(drawn, 60, 60));
        Assert.Equal(ClassPalette.Of(0), DrawnPixels.At(drawn, 99, 60));
    }

    [Fact]
    public void ATransparentPicture_StaysTransparentWhereNothingIsDrawn()
    {
        var image = new Image(120, 90, 4);

        var drawn = AnnotatedPicture.Draw(image, [new(0, 0.5f, new(20, 30, 100, 80))], Classes);

        Assert.Equal((4, 0, 255), (drawn.Channels, drawn[60, 60][3], drawn[99, 60][3]));
        Assert.All(image.Pixels, sample => Assert.Equal(0, sample));
    }

    [Theory]
    [InlineData(100, 1, 1)]
    [InlineData(600, 3, 2)]
    [InlineData(1000, 5, 4)]
    public void LinesAndLetters_GrowWithThePicture(int side, int thickness, int scale)
    {
        var drawn = AnnotatedPicture.Draw(
            DrawnPixels.Blank(side, side), [new(0, 0.5f, new(0, side / 2, side, side))], Classes);

        var line = Enumerable.Range(0, side / 2).Count(x => DrawnPixels.At(drawn, x, side * 3 / 4) == ClassPalette.Of(0));
        var label = Enumerable.Range(0, side / 2).Count(y => DrawnPixels.At(drawn, 0, y) == ClassPalette.Of(0));
        Assert.Equal((thickness, 11 * scale), (line, label));
    }

    [Fact]
    public void Saved_ItReadsBackAsDrawn()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.png");
        var drawn = AnnotatedPicture.Draw(DrawnPixels.Blank(120, 90), [new(1, 0.3f, new(20, 30, 100, 80))], Classes);
        try
        {
            drawn.Save(path);

            Assert.Equal(drawn.Pixels, Image.Load(path).Pixels);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
