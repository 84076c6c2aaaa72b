using System.Buffers.Binary;
using DeepCourse.Tensors;
using DeepCourse.Vision.Darknet;

namespace DeepCourse.Tests.Vision.Darknet;

public sealed class DarknetWeightsTests
{
    private const string Text = """
        [net]
        width=8
        height=8
        channels=3
        [convolutional]
        batch_normalize=1
        filters=4
        size=3
        pad=1
        activation=leaky
        [avgpool]
        [connected]
        output=2
        activation=linear
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void Saved_ComesBack()
    {
        using var scope = torch.NewDisposeScope();
        using var first = Make();
        using var second = Make();
        FormulaWeights.Fill(first);
        var path = Path.Combine(_folder, "all.weights");

        DarknetWeights.Save(first, path, seen: 12_345_678_901);
        var header = DarknetWeights.Load(second, path);

        Assert.Equal(DarknetHeader.Current with { Seen = 12_345_678_901 }, header);
        Assert.Equal(20 + (4 * (4 + 4 + 4 + 4 + 108 + 2 + 8)), new FileInfo(path).Length);
        AssertSame(first, second, layers: 3);
    }

    [Fact]
    public void PartOfTheLayers_IsSavedAndLoaded()
    {
        using var scope = torch.NewDisposeScope();
        using var first = Make();
        using var second = Make();
        FormulaWeights.Fill(first);
        var before = second.Layers[2].Records[1].Values.ReadFloats();
        var path = Path.Combine(_folder, "body.conv.1");

        DarknetWeights.Save(first, path, layers: 1);
        DarknetWeights.Load(second, path, layers: 1);

        AssertSame(first, second, layers: 1);
        Assert.Equal(before, second.Layers[2].Records[1].Values.ReadFloats());
    }

    [Fact]
    public void OldFiles_HaveShorterHeadersAndTransposedLinearWeights()
    {
        using var scope = torch.NewDisposeScope();
        using var first = Make();
        FormulaWeights.Fill(first);
        var path = Path.Combine(_folder, "new.weights");
        DarknetWeights.Save(first, path, seen: 77);
        var records = File.ReadAllBytes(path)[20..];

        // Version 0.1.0: the count of pictures in 4 bytes.
        var old = Path.Combine(_folder, "old.weights");
        File.WriteAllBytes(old, [.. Header(0, 1), .. records]);
        using var second = Make();
        Assert.Equal(new DarknetHeader(0, 1, 0, 77), DarknetWeights.Load(second, old));
        AssertSame(first, second, layers: 3);

        // A mark above 1000: in addition, connected layers lie by inputs.
        var linear = first.Layers[2].Records[1].Values;
        var marked = Path.Combine(_folder, "marked.weights");
        var turned = linear.t().contiguous().detach().bytes.ToArray();
        File.WriteAllBytes(marked, [.. Header(0, 1001), .. records[..^turned.Length], .. turned]);
        using var third = Make();
        Assert.Equal(77, DarknetWeights.Load(third, marked).Seen);
        AssertSame(first, third, layers: 3);
    }

    [Theory]
    [InlineData(10, "too short: expected a header of 16 bytes, got 10", 10)]
    [InlineData(17, "too short: expected a header of 20 bytes, got 17", 17)]
    [InlineData(40, "too short: expected 16 bytes for the scales of layer 0 [convolutional] (line 5 of net.cfg), 4 are left; 3 layers fill 556 bytes, the file has 40", 36)]
    [InlineData(555, "too short: expected 32 bytes for the weights of layer 2 [connected] (line 12 of net.cfg), 31 are left; 3 layers fill 556 bytes, the file has 555", 524)]
    [InlineData(560, "too long: 3 layers of net.cfg fill 556 bytes, the file has 560", 556)]
    public void FilesOfAnotherLength_AreAnErrorAndLeaveTheNetworkAlone(int length, string problem, long place)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Make();
        using var other = Make();
        FormulaWeights.Fill(network);
        var path = Path.Combine(_folder, "right.weights");
        DarknetWeights.Save(network, path);
        var bytes = File.ReadAllBytes(path);
        Array.Resize(ref bytes, length);
        var broken = Path.Combine(_folder, "broken.weights");
        File.WriteAllBytes(broken, bytes);
        var before = other.state_dict().Values.Select(values => values.to(ScalarType.Float32).ReadFloats()).ToList();

        var error = Assert.Throws<DataFormatException>(() => DarknetWeights.Load(other, broken));

        Assert.Equal($"{broken}: {problem} (byte {place})", error.Message);
        Assert.Equal(place, error.Byte);
        Assert.Equal(before, other.state_dict().Values.Select(values => values.to(ScalarType.Float32).ReadFloats()).ToList());
    }

    private static DarknetNetwork Make() => new(DarknetConfig.Parse(Text, "net.cfg"));

    private static byte[] Header(int major, int minor)
    {
        var header = new byte[16];
        BinaryPrimitives.WriteInt32LittleEndian(header, major);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), minor);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), 77);
        return header;
    }

    private static void AssertSame(DarknetNetwork first, DarknetNetwork second, int layers)
    {
        foreach (var (left, right) in first.Layers.Zip(second.Layers).Take(layers))
            foreach (var (expected, actual) in left.Records.Zip(right.Records))
                Assert.Equal(expected.Values.ReadFloats(), actual.Values.ReadFloats());
    }
}
