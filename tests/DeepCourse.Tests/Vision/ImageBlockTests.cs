using DeepCourse.Data;
using DeepCourse.Tensors;
using DeepCourse.Tests.Data;
using DeepCourse.Tests.Vision.Imaging;
using DeepCourse.Vision;
using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Transforms;

namespace DeepCourse.Tests.Vision;

public sealed class ImageBlockTests
{
    private static readonly string[] Files = [
        .. ((string[])["large.jpg", "source.png", "rgba.png", "orientation-6.jpg"]).Select(ImagingReference.PathOf)];

    [Fact]
    public void Encode_FileBytesOrPixels_GiveTheSame()
    {
        var block = new ImageBlock(24);
        foreach (var path in Files.Skip(1))
        {
            using var file = block.Encode(ImageSource.FromFile(path), new Random(1));
            using var bytes = block.Encode(ImageSource.FromBytes(File.ReadAllBytes(path)), new Random(1));
            using var pixels = block.Encode(ImageSource.FromImage(Image.Load(path)), new Random(1));
            Assert.Equal(file.Pixels.ToArray(), bytes.Pixels.ToArray());
            if (path.EndsWith("png", StringComparison.Ordinal))
                Assert.Equal(file.Pixels.ToArray(), pixels.Pixels.ToArray());
        }
    }

    [Fact]
    public void Encode_LargeJpeg_IsCloseToDecodingAllOfIt()
    {
        using var scaled = new ImageBlock(32).Encode(ImageSource.FromFile(Files[0]), new Random(1));
        var full = Image.Load(Files[0]).Resize(PixelSize.Square(32));
        var mean = scaled.Pixels.ToArray().Zip(full.Pixels, (a, b) => Math.Abs(a - b)).Average();
        Assert.InRange(mean, 0, 3);
    }

    [Fact]
    public void CollateDecode_RoundTrip_GivesThePictures()
    {
        using var scope = torch.NewDisposeScope();
        var block = new ImageBlock(Resize.Pad(20));
        var items = Files.Select(path => block.Encode(ImageSource.FromFile(path), new Random(1))).ToList();
        var batch = block.Collate(items);
        Assert.Equal([4, 20, 20, 3], batch.shape);
        Assert.Equal(ScalarType.Byte, batch.dtype);
        for (var i = 0; i < items.Count; i++)
            Assert.Equal(items[i].Pixels.ToArray(), block.Decode(batch, i).Open().Pixels);
        Assert.Equal([114, 114, 114], block.Decode(batch, 0).Open()[0, 0].ToArray());
        items.ForEach(item => item.Dispose());
        Assert.Throws<ObjectDisposedException>(() => items[0].Pixels.Length);
        Assert.Equal([1, 20, 20, 3], block.Collate([block.Mock(new Random(1))]).shape);
    }

    [Fact]
    public void Blocks_KeepTheirContract()
    {
        var images = Files.Select(path => ImageSource.FromImage(Image.Load(path).Resize(new(20, 20)))).ToArray();
        BlockTests.Check(new ImageBlock(20), images, (a, b) => Assert.Equal(a.Open().Pixels, b.Open().Pixels));
        var masks = images.Select(image => ImageSource.FromImage(image.Open(PixelLayout.Labels))).ToArray();
        BlockTests.Check(
            new MaskBlock(20), masks,
            (a, b) => Assert.Equal(a.Open(PixelLayout.Labels).Pixels, b.Open(PixelLayout.Labels).Pixels));
    }

    [Fact]
    public void Collate_DifferentSizes_SaysWhich()
    {
        var items = new[] { new Image(4, 4, 3), new Image(4, 5, 3) };
        var error = Assert.Throws<ArgumentException>(() => ImageBatch.Of(items));
        Assert.Contains(
            "picture 1 is 4 x 5 x 3, but picture 0 of the batch is 4 x 4 x 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToFloatToBytes_RoundTrip_IsExact()
    {
        using var scope = torch.NewDisposeScope();
        var random = new Random(4);
        var image = new Image(7, 5, 3);
        random.NextBytes(image.Pixels);
        ImageStatistics[] all =
            [ImageStatistics.ImageNet, ImageStatistics.Coco, ImageStatistics.Symmetric, ImageStatistics.None];
        foreach (var statistics in all)
        {
            var floats = ImageBatch.ToFloat(ImageBatch.Of([image]), statistics);
            Assert.Equal([1, 3, 5, 7], floats.shape);
            Assert.Equal(
                ((image[2, 1][1] / 255f) - statistics.Mean[1]) / statistics.Deviation[1],
                floats[0, 1, 1, 2].item<float>(), 1e-5f);
            Assert.Equal(image.Pixels, PictureEncoding.ToImage(floats, 0, statistics).Pixels);
        }
    }

    [Fact]
    public void ToFloat_FloatsOrWrongShape_IsRefused()
    {
        using var scope = torch.NewDisposeScope();
        var error = Assert.Throws<ShapeException>(
            () => ImageBatch.ToFloat(torch.zeros(2, 3, 8, 8), ImageStatistics.ImageNet));
        Assert.Contains("got [2, 3, 8, 8]; permute(0, 2, 3, 1)", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ImageBatch.ToFloat(torch.zeros(2, 8, 8, 3), ImageStatistics.ImageNet));
    }

    [Fact]
    public void MaskBlock_PaletteFile_GivesItsIndices()
    {
        using var scope = torch.NewDisposeScope();
        var expected = ImagingReference.All.Decode.First(item => item is { File: "palette.png", Layout: "Labels" });
        var block = new MaskBlock(new SquashResize(expected.Size));
        using var item = block.Encode(ImageSource.FromFile(ImagingReference.PathOf("palette.png")), new Random(1));
        var batch = block.Collate([item]);
        Assert.Equal([1, expected.Height, expected.Width], batch.shape);
        Assert.Equal(0, ImagingReference.Difference(block.Decode(batch, 0).Open(PixelLayout.Labels), expected));
        using var padded = new MaskBlock(Resize.Pad(31)).Encode(
            ImageSource.FromFile(ImagingReference.PathOf("palette.png")), new Random(1));
        Assert.Equal(255, padded.Pixels[0]);
    }

    [Fact]
    public void Place_PictureAndMaskAtOneDraw_Agree()
    {
        var size = new PixelSize(90, 60);
        var box = new DeepCourse.Vision.Detection.PixelBox(20, 10, 70, 50);
        var resize = Resize.RandomCrop(40, leastArea: 0.5);
        var picture = ImageSource.FromBytes(PaintedBox.Paint(size, box).ToPng()).Place(resize, new Random(6));
        var mask = ImageSource.FromImage(PaintedBox.Paint(size, box, channels: 1)).At(picture.Placement!.Value);
        // Blocks that would place otherwise: the draw that the sources carry wins.
        using var pixels = new ImageBlock(Resize.Crop(40)).Encode(picture, new Random(1));
        using var labels = new MaskBlock(Resize.Squash(40)).Encode(mask, new Random(2));
        var different = Enumerable.Range(0, 1600).Count(i => pixels.Pixels[i * 3] > 127 != labels.Pixels[i] > 127);
        Assert.InRange(different, 0, 8);
        var moved = picture.Placement.Value.MapVisible(box)!.Value;
        PaintedBox.AssertNear(moved, PaintedBox.Find(new Image(40, 40, 3, pixels.Pixels.ToArray()))!.Value, 1);
    }

    [Fact]
    public void Mirrored_FilesOrPixelsInAnyFrame_AreTheMirrorImage()
    {
        foreach (var resize in (Resize[])[Resize.Squash(21), Resize.Crop(20), Resize.Pad(20), Resize.RandomCrop(16)])
        {
            var (plain, mirroring) = (new ImageBlock(resize), new ImageBlock(resize) { MirrorChance = 1 });
            foreach (var path in Files)
            {
                using var straight = plain.Encode(ImageSource.FromFile(path), new Random(3));
                using var mirrored = plain.Encode(ImageSource.FromFile(path).Mirrored(), new Random(3));
                var size = straight.Size;
                var expected = new Image(size.Width, size.Height, 3, straight.Pixels.ToArray()).FlipHorizontally();
                Assert.Equal(expected.Pixels, mirrored.Pixels.ToArray());
                using var back = plain.Encode(ImageSource.FromFile(path).Mirrored().Mirrored(), new Random(3));
                Assert.Equal(straight.Pixels.ToArray(), back.Pixels.ToArray());
            }
            using var always = mirroring.Encode(ImageSource.FromFile(Files[1]), new Random(3));
            Assert.Equal(resize.Frame, always.Size);
        }
    }

    [Fact]
    public void MirrorChance_IsTheShareThatIsMirrored()
    {
        var image = new Image(2, 1, 3, [255, 255, 255, 0, 0, 0]);
        var block = new ImageBlock(new SquashResize(image.Size)) { MirrorChance = 0.3 };
        var random = new Random(1);

        var mirrored = Enumerable.Range(0, 4000).Count(_ =>
        {
            using var item = block.Encode(ImageSource.FromImage(image), random);
            return item.Pixels[0] == 0;
        });

        // The standard deviation of the share is 0.0072; five of them.
        Assert.InRange(mirrored / 4000.0, 0.264, 0.336);
    }

    [Fact]
    public void Loader_WithADamagedFile_NamesIt()
    {
        var block = DataBlock
            .Of(new ImageBlock(16), new NumberBlock(), (string path) => ImageSource.FromFile(path), path => 1f)
            .Split(path => path == Files[0]);
        var bad = Path.Combine(Path.GetTempPath(), $"deepcourse-{Guid.NewGuid():N}.jpg");
        File.WriteAllText(bad, "This is no picture.");
        try
        {
            using var scope = torch.NewDisposeScope();
            using var good = block.Load(Files, new LoaderOptions(BatchSize: 2) { Workers = 2 });
            Assert.Equal(2, good.Train.Batches(0).Count());
            using var data = block.Load([.. Files, bad], new LoaderOptions(BatchSize: 2) { Workers = 2 });
            var error = Assert.Throws<ItemException>(() => data.Train.Batches(0).Count());
            Assert.Contains(bad, error.Message, StringComparison.Ordinal);
            Assert.IsType<DataFormatException>(error.InnerException);
        }
        finally
        {
            File.Delete(bad);
        }
    }
}
