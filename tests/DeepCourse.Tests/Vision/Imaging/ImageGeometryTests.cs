using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision.Imaging;

public sealed class ImageGeometryTests
{
    [Fact]
    public void Transform_AffineMap_IsWithinOneStepOfPillow()
    {
        foreach (var expected in ImagingReference.All.Transform)
        {
            var m = expected.Map!;
            var map = new PixelMatrix(m[0], m[1], m[2], m[3], m[4], m[5]);
            var image = expected.Read().Transform(map, expected.Size, expected.Kernel);
            // Pillow's nearest works in 16-bit fixed point: where an edge between two pixels is hit, it may take the
            // other one.
            if (expected.Kernel == ResizeFilter.Nearest)
                Assert.InRange(ImagingReference.ShareOfDifferences(image, expected), 0, 0.005);
            else Assert.InRange(ImagingReference.Difference(image, expected), 0, expected.Tolerance);
        }
    }

    [Fact]
    public void FlipTwice_IsNothing()
    {
        var image = Image.Load(ImagingReference.PathOf("source.png"));
        Assert.Equal(image.Pixels, image.FlipHorizontally().FlipHorizontally().Pixels);
        Assert.Equal(image.Pixels, image.FlipVertically().FlipVertically().Pixels);
        Assert.Equal(image[0, 3].ToArray(), image.FlipHorizontally()[60, 3].ToArray());
        Assert.Equal(image[5, 0].ToArray(), image.FlipVertically()[5, 46].ToArray());
    }

    [Fact]
    public void Rotate_QuarterTurnClockwise_EqualsTheExifTurn()
    {
        var image = Image.Load(ImagingReference.PathOf("source.png")).Crop(0, 0, PixelSize.Square(40));
        Assert.Equal(ExifOrientation.Rotate90.Apply(image).Pixels, image.Rotate(90).Pixels);
        Assert.Equal(new PixelSize(40, 40), image.RotateWhole(90).Size);
        Assert.InRange(image.RotateWhole(45).Width, 56, 58);
    }

    [Fact]
    public void Matrix_ThenInverse_IsIdentity()
    {
        var map = PixelMatrix.Rotate(33).Then(PixelMatrix.Scale(2, 0.7)).Then(PixelMatrix.Shift(4, -9));
        var (x, y) = map.Then(map.Inverse()).Map(12.5, -3);
        Assert.Equal(12.5, x, 9);
        Assert.Equal(-3, y, 9);
    }

    [Fact]
    public void Overlay_BlendsByAlphaAndCutsOff()
    {
        var canvas = new Image(4, 4, 3, [.. Enumerable.Repeat((byte)100, 48)]);
        var sprite = new Image(3, 3, 4, [.. Enumerable.Range(0, 9).SelectMany(_ => (byte[])[200, 0, 100, 128])]);
        canvas.Overlay(sprite, 2, -1);
        Assert.Equal([100, 100, 100], canvas[1, 0].ToArray());
        Assert.Equal([150, 50, 100], canvas[2, 0].ToArray());
        Assert.Equal([150, 50, 100], canvas[3, 1].ToArray());
        Assert.Equal([100, 100, 100], canvas[2, 2].ToArray());
        canvas.Overlay(sprite, 0, 2, opacity: 0);
        Assert.Equal([100, 100, 100], canvas[0, 3].ToArray());
    }
}
