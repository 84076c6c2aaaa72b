using System.Security.Cryptography;
using System.Text.Json;
using DeepCourse.Tensors;
using DeepCourse.Tests.Vision.Backbones;
using DeepCourse.Vision.Darknet;
using DeepCourse.Vision.Detection.Models;

namespace DeepCourse.Tests.Vision.Darknet;

public class DarknetNetworkTests
{
    private const string Folder = "/usr/share/darknet/cfg";

    private static JsonElement Reference(string name) =>
        JsonDocument.Parse(File.ReadAllBytes(ReferenceFiles.PathOf("yolo.json"))).RootElement.GetProperty(name);

    [Fact]
    public void SmallNetwork_GivesThePyTorchReferencesMapsBoxesAndFile()
    {
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        var reference = Reference("small");
        using var network = new DarknetNetwork(DarknetConfig.Read(ReferenceFiles.PathOf("darknet/small.cfg")));
        FormulaWeights.Fill(network);

        CheckMaps(network, reference);
        CheckFile(network, reference);
        CheckBoxes(network, reference);
    }

    [SkippableTheory]
    [InlineData("yolov3-tiny")]
    [InlineData("yolov3")]
    public void PublishedNetworks_GiveThePyTorchReferencesMaps(string name)
    {
        var path = Path.Combine(Folder, name + ".cfg");
        Skip.IfNot(File.Exists(path), $"{path} is not there; Debian's package 'darknet' has it");
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        var reference = Reference(name);
        using var network = new DarknetNetwork(DarknetConfig.Read(path));
        FormulaWeights.Fill(network);

        CheckMaps(network, reference);
        // Also the lengths of the published files: 35,434,956 and 248,007,048 bytes.
        Assert.Equal(reference.GetProperty("bytes").GetInt64(), DarknetWeights.LengthOf(network));
    }

    [SkippableFact]
    public void Darknet53_HasTheShapesOfTheFile()
    {
        var path = Path.Combine(Folder, "darknet53.cfg");
        Skip.IfNot(File.Exists(path), $"{path} is not there; Debian's package 'darknet' has it");
        using var published = new DarknetNetwork(DarknetConfig.Read(path));
        using var body = new Darknet53();

        // 75 layers of the body, then average pooling, 1000 classes, softmax.
        var ours = body.named_parameters().Select(each => string.Join('x', each.parameter.shape));
        var theirs = published.Layers.Take(75).SelectMany(layer => layer.named_parameters())
            .Select(each => string.Join('x', each.parameter.shape));

        Assert.Equal(theirs, ours);
        Assert.Equal(new DarknetShape(1000, 1, 1), published.Shapes[^1]);
        // The published darknet53.conv.74 has 162,482,580 bytes.
        Assert.Equal(162_482_580, DarknetWeights.LengthOf(published, layers: 75));
    }

    [Fact]
    public void Darknet53_IsABackbone()
    {
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        torch.random.manual_seed(1);
        using var body = new Darknet53();
        body.eval();

        var maps = body.Features(torch.rand(1, 3, 64, 96));

        Assert.Equal(body.Levels.Select(level => $"1 {level.Channels} {64 / level.Stride} {96 / level.Stride}"), maps.Select(map => string.Join(' ', map.shape)));
        Assert.All(maps, map => Assert.InRange(map.std().ToSingle(), 0.01f, 1e6f));
        var grouped = body.LayerGroups.SelectMany(group => group).SelectMany(part => part.parameters()).Sum(each => each.numel());
        Assert.Equal(40_584_928, grouped);
    }

    [Fact]
    public void Weights_AllGetGradients()
    {
        using var scope = torch.NewDisposeScope();
        using var network = new DarknetNetwork(DarknetConfig.Read(ReferenceFiles.PathOf("darknet/small.cfg")));

        var maps = network.call(torch.rand(2, 3, 32, 64));
        maps.Select(map => map.square().sum()).Aggregate((sum, each) => sum + each).backward();

        Assert.All(network.named_parameters(), each => Assert.True(each.parameter.grad is not null, each.name));
    }

    [Fact]
    public void Call_LeavesNothingBehind()
    {
        using var network = new DarknetNetwork(DarknetConfig.Read(ReferenceFiles.PathOf("darknet/small.cfg")));
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        var images = torch.rand(1, 3, 32, 64);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        var maps = network.call(images);

        Assert.Equal(before + 2, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Equal(2, maps.Count);
    }

    [Fact]
    public void Classifier_OfEveryOtherLayer_GivesProbabilities()
    {
        const string Text = """
            [net]
            width = 8
            height = 6
            channels = 3
            [convolutional]
            filters = 4
            size = 3
            padding = 1
            activation = linear
            [dropout]
            probability = .3
            [connected]
            output = 12
            batch_normalize = 1
            activation = leaky
            [connected]
            output = 6
            activation = linear
            [softmax]
            groups = 2
            """;
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        using var network = new DarknetNetwork(DarknetConfig.Parse(Text));
        network.eval();

        var shares = network.call(torch.rand(2, 3, 6, 8))[0];

        Assert.Equal([2, 6, 1, 1], shares.shape);
        Assert.All(shares.view(4, 3).sum(1).ReadFloats(), sum => Assert.Equal(1, sum, 1e-5f));
        network.train();
        Assert.NotEqual(
            network.Run(torch.ones(2, 3, 6, 8), [1])[0].ReadFloats(), network.Run(torch.ones(2, 3, 6, 8), [1])[0].ReadFloats());
    }

    private static void CheckMaps(DarknetNetwork network, JsonElement reference)
    {
        network.eval();
        var pictures = ReferencePattern.Make(reference.GetProperty("height").GetInt32(), reference.GetProperty("width").GetInt32()) / 255;
        var maps = network.call(pictures);
        var every = reference.GetProperty("every").GetInt32();
        var expected = reference.GetProperty("maps").EnumerateArray().ToList();
        Assert.Equal(expected.Count, maps.Count);
        foreach (var (map, each) in maps.Zip(expected))
        {
            Assert.Equal(each.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()), map.shape);
            Assert.Equal(each.GetProperty("absoluteMean").GetDouble(), map.abs().mean().ToDouble(), 1e-4);
            var values = map.ReadFloats();
            var picked = each.GetProperty("values").EnumerateArray().Select(value => value.GetSingle()).ToArray();
            for (var i = 0; i < picked.Length; i++) Assert.Equal(picked[i], values[i * every], 1e-4f);
        }
    }

    private static void CheckFile(DarknetNetwork network, JsonElement reference)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "small.weights");
        DarknetWeights.Save(network, path);
        Assert.Equal(
            reference.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));
    }

    private static void CheckBoxes(DarknetNetwork network, JsonElement reference)
    {
        var detector = new YoloV3(network);
        detector.eval();
        var (boxes, scores) = detector.Decode(detector.call(ReferencePattern.Make(32, 64) / 255), detector.Size);
        var expected = reference.GetProperty("boxesEvery11th").EnumerateArray().ToList();
        var actual = torch.cat([boxes, scores], 2)[0];
        Assert.Equal((actual.shape[0] + 10) / 11, expected.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            var row = actual[11 * i].ReadFloats();
            var wanted = expected[i].EnumerateArray().Select(value => value.GetSingle()).ToArray();
            Assert.Equal(wanted.Length, row.Length);
            for (var column = 0; column < row.Length; column++) Assert.Equal(wanted[column], row[column], 1e-4f);
        }
    }
}
