using DeepCourse.Tensors;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision.Imaging;

public sealed class DamagedImageTests
{
    [Theory]
    [InlineData("large.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("rgba.png")]
    [InlineData("lossless.webp")]
    [InlineData("lossy.webp")]
    public void Read_TruncatedFile_NamesTheFile(string file)
    {
        var data = File.ReadAllBytes(ImagingReference.PathOf(file));
        foreach (var share in (double[])[0.05, 0.3, 0.6, 0.9])
        {
            var cut = data[..(int)(data.Length * share)];
            var error = Assert.Throws<DataFormatException>(() => ImageReader.Decode(cut, name: $"folder/{file}"));
            Assert.StartsWith($"folder/{file}: ", error.Message, StringComparison.Ordinal);
            Assert.Equal($"folder/{file}", error.Path);
        }
    }

    [Fact]
    public void Read_TruncatedJpegWithTolerance_GivesTheFirstRows()
    {
        var data = File.ReadAllBytes(ImagingReference.PathOf("large.jpg"));
        var whole = ImageReader.Decode(data);
        var part = ImageReader.Decode(data.AsSpan(0, data.Length / 2), new(TolerateDamage: true));
        Assert.Equal(whole.Size, part.Size);
        Assert.Equal(whole.Row(10).ToArray(), part.Row(10).ToArray());
        Assert.NotEqual(whole.Row(117).ToArray(), part.Row(117).ToArray());
    }

    [Fact]
    public void Read_JpegWithBytesAfterASegment_IsFine()
    {
        var data = File.ReadAllBytes(ImagingReference.PathOf("420.jpg"));
        byte[] longer = [.. data[..^2], 1, 2, 3, .. data[^2..]];
        Assert.Equal(ImageReader.Decode(data).Pixels, ImageReader.Decode(longer).Pixels);
    }

    [Fact]
    public void Read_EmptyFile_SaysSo() => AssertRefused([], "an empty file (0 bytes)");

    [Fact]
    public void Read_TextNamedJpg_SaysSo() =>
        AssertRefused("Not a picture at all."u8.ToArray(), "text that starts with \"Not a picture");

    [Fact]
    public void Read_OtherFormat_NamesIt() => AssertRefused("GIF89a....."u8.ToArray(), "found a GIF");

    [Fact]
    public void Read_UnknownBytes_ShowsThem() => AssertRefused([0, 1, 2, 3], "bytes 00010203");

    [Fact]
    public void Read_GarbageAfterASignature_IsRefused()
    {
        var random = new Random(3);
        foreach (var file in (string[])["420.jpg", "rgb.png", "lossless.webp"])
        {
            var data = File.ReadAllBytes(ImagingReference.PathOf(file));
            random.NextBytes(data.AsSpan(16));
            Assert.Throws<DataFormatException>(() => ImageReader.Decode(data, name: file));
        }
    }

    [Fact]
    public void Read_FlippedBits_NeverCrash()
    {
        var random = new Random(5);
        string[] files =
        [
            "420.jpg", "progressive.jpg", "cmyk.jpg", "orientation-6.jpg", "palette.png", "rgba.png",
            "alpha.webp", "lossy.webp",
        ];
        foreach (var file in files)
            for (var attempt = 0; attempt < 60; attempt++)
            {
                var data = File.ReadAllBytes(ImagingReference.PathOf(file));
                for (var i = 0; i < 4; i++) data[random.Next(data.Length)] ^= (byte)(1 << random.Next(8));
                try
                {
                    var image = ImageReader.Decode(data, new(TolerateDamage: attempt % 2 == 0), file);
                    Assert.True(image.Width > 0);
                }
                catch (DataFormatException error)
                {
                    Assert.Equal(file, error.Path);
                }
            }
    }

    [Fact]
    public void Read_PngThatClaimsTooManyPixels_IsRefusedBeforeAllocating()
    {
        var data = File.ReadAllBytes(ImagingReference.PathOf("rgb.png"));
        // IHDR: width and height at 16 and 20, its checksum at 29.
        (data[16], data[17], data[18], data[19]) = (0, 0x0F, 0x42, 0x40);
        (data[20], data[21], data[22], data[23]) = (0, 0x0F, 0x42, 0x40);
        var checksum = Checksum(data.AsSpan(12, 17));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(29), checksum);
        var error = Assert.Throws<DataFormatException>(() => ImageReader.Decode(data, name: "bomb.png"));
        Assert.Contains("1000000 x 1000000", error.Message, StringComparison.Ordinal);
    }

    /// <summary>CRC-32 as PNG chunks carry it.</summary>
    private static uint Checksum(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }

    private static void AssertRefused(byte[] data, string reason)
    {
        var path = Path.Combine(Path.GetTempPath(), $"deepcourse-{Guid.NewGuid():N}.jpg");
        File.WriteAllBytes(path, data);
        try
        {
            var error = Assert.Throws<DataFormatException>(() => Image.Load(path));
            Assert.StartsWith($"{path}: expected a JPEG, PNG or WebP picture", error.Message, StringComparison.Ordinal);
            Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
