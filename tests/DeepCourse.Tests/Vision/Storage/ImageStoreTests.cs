using DeepCourse.Data;
using DeepCourse.Tensors;
using DeepCourse.Tests.Vision.Imaging;
using DeepCourse.Vision;
using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Storage;
using DeepCourse.Vision.Transforms;

namespace DeepCourse.Tests.Vision.Storage;

/// <summary>What a store gives back, and what is said about a file that is not what it should be.</summary>
public sealed class ImageStoreTests : IDisposable
{
    private static readonly string[] Files =
        [.. ((string[])["large.jpg", "source.png", "rgba.png", "orientation-6.jpg"]).Select(ImagingReference.PathOf)];

    private readonly StoredPictures _pictures = new();

    public void Dispose() => _pictures.Dispose();

    [Fact]
    public void Frames_AreWhatTheBlockMakesOfTheFiles()
    {
        using var store = Build(new() { Resize = Resize.Pad(24) }, Files);
        var block = new ImageBlock(Resize.Pad(24));

        Assert.Equal(Files.Length, store.Count);
        for (var index = 0; index < Files.Length; index++)
        {
            Assert.Equal(PixelSize.Square(24), store.SizeOf(index));
            var expected = StoredPictures.Render(block, ImageSource.FromFile(Files[index]));
            Assert.Equal(expected, StoredPictures.Render(block, store[index]));
            Assert.Equal(expected, store[index].Open().Pixels);
        }
    }

    [Fact]
    public void ShortestSide_KeepsShapesAndEnlargesNothing()
    {
        Image[] images = [StoredPictures.Noise(1, 90, 60), StoredPictures.Noise(2, 30, 75), StoredPictures.Noise(3, 10, 50)];
        using var store = new ImageStoreBuilder(new() { ShortestSide = 15 })
            .Build(images, image => ImageSource.FromImage(image), _pictures.Target);

        Assert.Equal([new(22, 15), new(15, 38), new(10, 50)], Enumerable.Range(0, 3).Select(store.SizeOf));
        Assert.Equal(images[0].Resize(new(22, 15)).Pixels, store[0].Open().Pixels);
        Assert.Equal(images[2].Pixels, store[2].Open().Pixels);
    }

    [Fact]
    public void RandomCrops_OfStoredPictures_AreThoseOfThePictures()
    {
        var image = StoredPictures.Noise(5, 60, 40);
        using var store = new ImageStoreBuilder().Build([image], one => ImageSource.FromImage(one), _pictures.Target);
        var block = new ImageBlock(Resize.RandomCrop(16)) { MirrorChance = 0.5 };

        for (var seed = 0; seed < 6; seed++)
            Assert.Equal(
                StoredPictures.Render(block, ImageSource.FromImage(image), seed), StoredPictures.Render(block, store[0], seed));
        var placed = store[0].Place(Resize.RandomCrop(16), new Random(3));
        Assert.Equal(new PixelSize(16, 16), placed.Placement!.Value.Frame);
    }

    [Fact]
    public void Jpeg_TakesLessSpaceAndIsClose()
    {
        var smooth = StoredPictures.Noise(4, 8, 8).Resize(new(160, 120), ResizeFilter.Bicubic);
        using var store = new ImageStoreBuilder(new() { JpegQuality = 90 })
            .Build([smooth], image => ImageSource.FromImage(image), _pictures.Target);

        Assert.True(store.Length < 160 * 120 * 3 / 4);
        Assert.Equal(smooth.Size, store.SizeOf(0));
        Assert.InRange(store[0].Open().Pixels.Zip(smooth.Pixels, (a, b) => Math.Abs(a - b)).Average(), 0, 4);
        Assert.Equal(12 * 12 * 3, StoredPictures.Render(new ImageBlock(12), store[0]).Length);
    }

    [Fact]
    public void Labels_StayLabels()
    {
        var path = ImagingReference.PathOf("palette.png");
        using var store = Build(new() { Layout = PixelLayout.Labels, Filter = ResizeFilter.Nearest, Resize = Resize.Squash(20) }, [path]);
        var block = new MaskBlock(20);

        using var expected = block.Encode(ImageSource.FromFile(path), new Random(1));
        using var actual = block.Encode(store[0], new Random(1));

        Assert.Equal(expected.Pixels.ToArray(), actual.Pixels.ToArray());
    }

    [Fact]
    public void Loader_ReadsFromAStoreInParallel()
    {
        var files = _pictures.Write(30);
        using var store = Build(new() { ShortestSide = 12 }, files);
        var direct = DataBlock.Of(new ImageBlock(8), new NumberBlock(), (int index) => store[index], index => (float)index);
        using var scope = torch.NewDisposeScope();

        var batches = direct.LoadAll([.. Enumerable.Range(0, 30)], new(BatchSize: 7) { Workers = 4 }).Batches(0).ToList();

        Assert.Equal(Enumerable.Range(0, 30).Select(number => (float)number), batches.SelectMany(batch => batch.Targets.data<float>().ToArray()));
        Assert.Equal(StoredPictures.Render(new ImageBlock(8), store[29]), ImageBatch.ToImage(batches[^1].Inputs, 1).Pixels);
    }

    [Theory]
    [InlineData(0, "not an image store")]
    [InlineData(5, "not an image store")]
    [InlineData(20, "is truncated: 20 bytes")]
    [InlineData(300, "is truncated: 300 of")]
    public void Open_TruncatedFile_SaysSo(int length, string message)
    {
        var path = Stored();
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..length]);

        var error = Assert.Throws<DataFormatException>(() => ImageStore.Open(path));

        Assert.Equal(path, error.Path);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "not an image store")]
    [InlineData(8, "version")]
    [InlineData(17, "head")]
    [InlineData(-3, "notes")]
    public void Open_DamagedFile_SaysWhere(int place, string message)
    {
        var path = Stored();
        Damage(path, place);

        Assert.Contains(message, Assert.Throws<DataFormatException>(() => ImageStore.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_DamagedTable_IsRefused()
    {
        var path = Stored();
        // 64 bytes of head and two pictures of 8 x 8 x 3 = 192.
        Damage(path, 64 + 192 + 192 + 3);

        Assert.Contains("table", Assert.Throws<DataFormatException>(() => ImageStore.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DamagedPicture_IsFoundAndNamed()
    {
        var path = Stored();
        Damage(path, 64 + 192 + 10);
        using var store = ImageStore.Open(path);

        store[0].Open();
        var error = Assert.Throws<DataFormatException>(() => store[1].Open());
        Assert.Contains("picture 1", error.Message, StringComparison.Ordinal);
        Assert.Equal(64 + 192, error.Byte);
        Assert.Throws<DataFormatException>(store.Verify);
    }

    [Fact]
    public void Read_OutsideOrAfterDispose_IsAnError()
    {
        var store = ImageStore.Open(Stored());
        Assert.Throws<ArgumentOutOfRangeException>(() => store[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => store[-1]);
        var source = store[0];
        store.Dispose();
        store.Dispose();

        Assert.Throws<ObjectDisposedException>(() => source.Open());
        Assert.Throws<ObjectDisposedException>(() => store[0]);
        Assert.Throws<ObjectDisposedException>(store.Verify);
    }

    private ImageStore Build(ImageStoreOptions options, string[] files) =>
        new ImageStoreBuilder(options).Build(files, ImageSource.FromFile, _pictures.Target);

    private string Stored()
    {
        Build(new() { Resize = Resize.Squash(8) }, _pictures.Write(2)).Dispose();
        return _pictures.Target;
    }

    private static void Damage(string path, int place)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[place < 0 ? bytes.Length + place : place] ^= 0x55;
        File.WriteAllBytes(path, bytes);
    }
}
