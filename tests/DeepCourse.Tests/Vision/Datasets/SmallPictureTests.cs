using System.Buffers.Binary;
using System.IO.Compression;
using DeepCourse.Data.Catalogue;
using DeepCourse.Tensors;
using DeepCourse.Vision.Datasets;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision.Datasets;

/// <summary>CIFAR-10's folders, Fashion-MNIST's files, and painted patterns.</summary>
public sealed class SmallPictureTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly string _folder = Directory.CreateTempSubdirectory("deepcourse-small-").FullName;

    public void Dispose()
    {
        _scope.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Cifar10_DecodesAndKeepsWhatItDecoded()
    {
        WriteCifar(Path.Combine(_folder, "data", "cifar10"));
        var store = new DatasetStore([Path.Combine(_folder, "data")], Path.Combine(_folder, "cache"), fetcher: null);

        using var first = Cifar10.Load(store);
        // The second time the folder isn't needed.
        Directory.Delete(Path.Combine(_folder, "data"), recursive: true);
        using var second = Cifar10.Load(store);

        Assert.Equal((20, 10), (first.Training.Count, first.Test.Count));
        Assert.Equal((32, 32), first.Training.Size);
        Assert.Equal(Enumerable.Range(0, 20).Select(item => (float)(item / 2)), first.Training.Labels.ReadFloats());
        // Each class has its grey; JPEG may be a level off.
        Assert.All(Enumerable.Range(0, 20), item => Assert.Equal(20 * (item / 2) + 10, first.Training.Pictures[item].to(ScalarType.Float32).mean().ReadNumber(), 2.0));
        Assert.Equal(first.Training.Pictures.ReadFloats(), second.Training.Pictures.ReadFloats());
        Assert.Equal(first.Test.Labels.ReadFloats(), second.Test.Labels.ReadFloats());
    }

    [Fact]
    public void Cifar10_AClassWithoutPictures_IsNamed()
    {
        WriteCifar(_folder);
        Directory.Delete(Path.Combine(_folder, "test", "frog"), recursive: true);
        Assert.Contains("frog", Assert.Throws<DataFormatException>(() => Cifar10.Decode(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cifar10_APictureOfAnotherSize_IsNamed()
    {
        WriteCifar(_folder);
        Grey(50, 16).Save(Path.Combine(_folder, "train", "cat", "0001.jpg"));
        var failure = Assert.Throws<DataFormatException>(() => Cifar10.Decode(_folder));
        Assert.Contains("0001.jpg", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FashionMnist_ReadsItsFourFiles_WithABorder()
    {
        WriteIdx("train-images-idx3-ubyte.gz", [3, 28, 28], index => (byte)(index / (28 * 28) + 7));
        WriteIdx("train-labels-idx1-ubyte.gz", [3], index => (byte)(9 - index));
        WriteIdx("t10k-images-idx3-ubyte.gz", [1, 28, 28], _ => 200);
        WriteIdx("t10k-labels-idx1-ubyte.gz", [1], _ => 4);

        using var sets = FashionMnist.Read(_folder);

        Assert.Equal([3, 32, 32, 1], sets.Training.Pictures.shape);
        Assert.Equal([9, 8, 7], sets.Training.Labels.ReadFloats());
        Assert.Equal([0, 0, 9, 9], sets.Training.Pictures[2].select(2, 0)[10].narrow(0, 0, 4).ReadFloats());
        Assert.Equal(28 * 28 * 200, sets.Test.Pictures.to(ScalarType.Float32).sum().ReadNumber());
        Assert.Equal([4], sets.Test.Labels.ReadFloats());
    }

    [Theory]
    [InlineData(0x0D, 0, "header")]
    [InlineData(0x08, -1, "whole")]
    [InlineData(0x08, 1, "goes on")]
    public void IdxFile_SaysWhatIsWrong(int type, int extra, string said)
    {
        var path = Path.Combine(_folder, "broken-idx1-ubyte");
        byte[] bytes = [0, 0, (byte)type, 1, 0, 0, 0, 5, .. new byte[5 + extra]];
        File.WriteAllBytes(path, bytes);
        Assert.Contains(said, Assert.Throws<DataFormatException>(() => IdxFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Patterns_FollowFromTheSeed_AndAllClassesAreThere()
    {
        using var first = PaintedPatterns.Paint(30, seed: 2);
        using var same = PaintedPatterns.Paint(30, seed: 2);
        using var other = PaintedPatterns.Paint(30, seed: 3);

        Assert.Equal(first.Pictures.ReadFloats(), same.Pictures.ReadFloats());
        Assert.NotEqual(first.Pictures.ReadFloats(), other.Pictures.ReadFloats());
        Assert.Equal(10, first.Labels.ReadFloats().Distinct().Count());
    }

    [Fact]
    public void Pictures_Statistics_AreThoseOfAllPixels()
    {
        using var pictures = PaintedPatterns.Paint(40, size: 12);
        var values = pictures.Pictures.to(ScalarType.Float64).div(255).view(-1, 3);

        var (mean, deviation) = pictures.Statistics();

        Assert.All(mean.Zip(values.mean([0]).ReadNumbers()), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
        Assert.All(deviation.Zip(values.std(0, unbiased: false).ReadNumbers()), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
    }

    [Fact]
    public void Pictures_PartsAndOrders_KeepLabelsWithTheirPictures()
    {
        using var pictures = PaintedPatterns.Paint(20, size: 8);
        using var part = pictures.Part(5, 3);
        using var order = pictures.InOrder([7, 5]);

        Assert.Equal([5, 6, 7], part.Labels.ReadFloats());
        Assert.Equal(pictures.Pictures[6].ReadFloats(), part.Pictures[1].ReadFloats());
        Assert.Equal([7, 5], order.Labels.ReadFloats());
        Assert.Equal(pictures.Pictures[7].ReadFloats(), order.Pictures[0].ReadFloats());
    }

    private static void WriteCifar(string root)
    {
        foreach (var (part, count) in (ReadOnlySpan<(string, int)>)[("train", 2), ("test", 1)])
        {
            for (var label = 0; label < Cifar10.Classes.Count; label++)
            {
                var folder = Directory.CreateDirectory(Path.Combine(root, part, Cifar10.Classes[label])).FullName;
                for (var index = 0; index < count; index++) Grey(20 * label + 10, 32).Save(Path.Combine(folder, $"{index:0000}.jpg"));
            }
        }
    }

    private static Image Grey(int level, int size) => new(size, size, 3, Enumerable.Repeat((byte)level, size * size * 3).ToArray());

    private void WriteIdx(string name, int[] shape, Func<int, byte> value)
    {
        using var stream = new GZipStream(File.Create(Path.Combine(_folder, name)), CompressionLevel.Fastest);
        stream.Write([0, 0, 8, (byte)shape.Length]);
        var word = new byte[4];
        foreach (var length in shape)
        {
            BinaryPrimitives.WriteInt32BigEndian(word, length);
            stream.Write(word);
        }
        stream.Write([.. Enumerable.Range(0, shape.Aggregate((product, length) => product * length)).Select(value)]);
    }
}
