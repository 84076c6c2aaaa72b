using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision.Imaging;

public sealed class DecodingTests
{
    public static TheoryData<int, string> Cases
    {
        get
        {
            var cases = new TheoryData<int, string>();
            foreach (var (index, item) in ImagingReference.All.Decode.Index())
                cases.Add(index, $"{item.File} as {item.Layout}");
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Decode_EveryKindOfFile_EqualsPillow(int index, string name)
    {
        var expected = ImagingReference.All.Decode[index];
        var difference = ImagingReference.Difference(expected.Read(), expected);
        Assert.True(difference <= expected.Tolerance, $"{name}: differs by {difference}");
    }

    [Fact]
    public void Decode_AtLeast_ChoosesTheSmallestScaleThatIsLargeEnough()
    {
        foreach (var expected in ImagingReference.All.Scaled)
        {
            var options = new ReadOptions(AtLeast: new PixelSize(expected.Wanted![0], expected.Wanted[1]));
            var image = ImageReader.Read(ImagingReference.PathOf(expected.File), options);
            Assert.Equal(0, ImagingReference.Difference(image, expected));
        }
    }

    [Fact]
    public void Decode_AtLeastOfATurnedPicture_CountsUprightSides()
    {
        var data = new Image(64, 32, 3).ToJpeg();
        byte[] exif = [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0,
            0, 0, 0, 0];
        byte[] turned = [.. data[..2], .. exif, .. data[2..]];
        var info = ImageReader.Identify(turned);
        Assert.Equal((new PixelSize(32, 64), ExifOrientation.Rotate90), (info.Size, info.Orientation));
        Assert.Equal(new PixelSize(16, 32), ImageReader.Decode(turned, new(AtLeast: new(10, 32))).Size);
        Assert.Equal(new PixelSize(32, 64), ImageReader.Decode(turned, new(AtLeast: new(17, 32))).Size);
    }

    [Theory]
    [InlineData("420.jpg", ImageFormat.Jpeg, 1)]
    [InlineData("orientation-6.jpg", ImageFormat.Jpeg, 6)]
    [InlineData("orientation-6.png", ImageFormat.Png, 6)]
    [InlineData("orientation-6.webp", ImageFormat.WebP, 6)]
    public void Identify_ReadsFormatSizeAndOrientation(string file, ImageFormat format, int orientation)
    {
        var info = ImageReader.Identify(ImagingReference.PathOf(file));
        Assert.Equal(
            (format, new PixelSize(31, 23), (ExifOrientation)orientation),
            (info.Format, info.StoredSize, info.Orientation));
        Assert.Equal(orientation == 6 ? new PixelSize(23, 31) : new PixelSize(31, 23), info.Size);
    }

    [Fact]
    public void Decode_FromManyThreads_GivesTheSamePixels()
    {
        var expected = Image.Load(ImagingReference.PathOf("420.jpg")).Pixels;
        Parallel.For(0, 64, _ => Assert.Equal(expected, Image.Load(ImagingReference.PathOf("420.jpg")).Pixels));
    }
}
