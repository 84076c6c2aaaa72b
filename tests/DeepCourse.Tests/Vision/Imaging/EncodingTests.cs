using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision.Imaging;

public sealed class EncodingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Png_RoundTrip_IsLossless(int channels)
    {
        var random = new Random(channels);
        foreach (var (width, height) in ((int, int)[])[(1, 1), (17, 5), (200, 150)])
        {
            var image = new Image(width, height, channels);
            random.NextBytes(image.Pixels);
            var layout = channels switch { 1 => PixelLayout.Grey, 3 => PixelLayout.Rgb, _ => PixelLayout.Rgba };
            Assert.Equal(image.Pixels, ImageReader.Decode(image.ToPng(), new(layout)).Pixels);
        }
    }

    [Fact]
    public void Jpeg_RoundTrip_IsClose()
    {
        var image = Image.Load(ImagingReference.PathOf("large.jpg"));
        var again = ImageReader.Decode(image.ToJpeg(95));
        var mean = image.Pixels.Zip(again.Pixels, (a, b) => Math.Abs(a - b)).Average();
        Assert.InRange(mean, 0, 2.5);
        Assert.True(image.ToJpeg(30).Length < image.ToJpeg(95).Length);
        var grey = ImageReader.Read(ImagingReference.PathOf("large.jpg"), new(PixelLayout.Grey));
        Assert.Equal(grey.Size, ImageReader.Decode(grey.ToJpeg(), new(PixelLayout.Grey)).Size);
    }

    [Fact]
    public void Jpeg_QualityOutOfRange_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Image(2, 2, 3).ToJpeg(101));

    [Fact]
    public void Image_WrongLengthOrChannels_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => new Image(2, 3, 3, new byte[17]));
        Assert.Contains("3 x 2 x 3 = 18 samples, got 17", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Image(2, 3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Image(0, 3, 3));
    }
}
