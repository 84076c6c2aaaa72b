using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision.Imaging;

public sealed class ResizingTests
{
    public static TheoryData<int, string> Cases
    {
        get
        {
            var cases = new TheoryData<int, string>();
            foreach (var (index, item) in ImagingReference.All.Resize.Index())
                cases.Add(index, $"{item.Filter} {item.Layout} {item.Size}");
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Resize_EveryFilter_IsWithinOneStepOfPillow(int index, string name)
    {
        var expected = ImagingReference.All.Resize[index];
        PixelArea? from = expected.Box is [var left, var top, var right, var bottom]
            ? new(left, top, right - left, bottom - top)
            : null;
        var difference = ImagingReference.Difference(
            expected.Read().Resize(expected.Size, expected.Kernel, from), expected);
        Assert.True(difference <= expected.Tolerance, $"{name}: differs by {difference}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Resize_FlatPicture_StaysFlat(int channels)
    {
        var image = new Image(37, 29, channels, [.. Enumerable.Range(0, 37 * 29).SelectMany(_ => Flat(channels))]);
        foreach (var filter in Enum.GetValues<ResizeFilter>())
            foreach (var size in (PixelSize[])[new(1, 1), new(5, 90), new(37, 29), new(100, 3)])
            {
                var result = image.Resize(size, filter);
                Assert.Equal(size, result.Size);
                Assert.Equal(Enumerable.Range(0, (int)size.Area).SelectMany(_ => Flat(channels)), result.Pixels);
            }
    }

    [Fact]
    public void Resize_ToOwnSize_ChangesNothing()
    {
        var image = Image.Load(ImagingReference.PathOf("source.png"));
        foreach (var filter in Enum.GetValues<ResizeFilter>())
            Assert.Equal(image.Pixels, image.Resize(image.Size, filter).Pixels);
    }

    [Fact]
    public void Resize_TransparentPixels_DoNotBleedTheirColour()
    {
        // Left half opaque red, right half transparent green.
        var image = new Image(8, 8, 4);
        for (var y = 0; y < 8; y++)
            for (var x = 0; x < 8; x++)
                ((ReadOnlySpan<byte>)(x < 4 ? [200, 0, 0, 255] : [0, 200, 0, 0])).CopyTo(image[x, y]);
        var small = image.Resize(new(3, 3));
        Assert.Equal(0, small[1, 1][1]);
        Assert.InRange(small[1, 1][0], 199, 201);
        Assert.InRange(small[1, 1][3], 100, 155);
    }

    [Fact]
    public void Resize_AreaOutside_IsRefused()
    {
        var image = new Image(10, 10, 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => image.Resize(new(5, 5), from: new(5, 5, 6, 5)));
        Assert.Throws<ArgumentOutOfRangeException>(() => image.Resize(new(0, 5)));
    }

    [Fact]
    public void CropPadLetterbox_KeepPixelsInPlace()
    {
        var image = Image.Load(ImagingReference.PathOf("source.png"));
        var part = image.Crop(7, 5, new(20, 11));
        Assert.Equal(image[7, 5].ToArray(), part[0, 0].ToArray());
        Assert.Equal(image[26, 15].ToArray(), part[19, 10].ToArray());

        var padded = part.Pad(1, 2, 3, 4, 9, 8, 7);
        Assert.Equal(new PixelSize(24, 17), padded.Size);
        Assert.Equal([9, 8, 7], padded[0, 0].ToArray());
        Assert.Equal(part.Pixels, padded.Crop(1, 2, part.Size).Pixels);

        var boxed = image.Letterbox(PixelSize.Square(61), fill: [1, 2, 3]);
        Assert.Equal([1, 2, 3], boxed[30, 0].ToArray());
        Assert.Equal(image.Pixels, boxed.Crop(0, 7, image.Size).Pixels);
    }

    private static byte[] Flat(int channels) => [.. ((byte[])[77, 130, 251, 255]).Take(channels)];
}
