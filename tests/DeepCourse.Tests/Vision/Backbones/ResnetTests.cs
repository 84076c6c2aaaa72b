using System.Text.Json;
using DeepCourse.Vision.Backbones;

namespace DeepCourse.Tests.Vision.Backbones;

public class ResnetTests
{
    private static readonly JsonElement reference =
        JsonDocument.Parse(File.ReadAllBytes(ReferenceFiles.PathOf("resnet.json"))).RootElement;

    [Theory]
    [InlineData(18)]
    [InlineData(34)]
    [InlineData(50)]
    public void StateDict_HasTorchvisionsKeysAndShapes(int depth)
    {
        using var scope = torch.NewDisposeScope();
        using var network = new Resnet(depth, classes: 10);

        var expected = reference.GetProperty($"resnet{depth}").GetProperty("keys").EnumerateObject()
            .ToDictionary(pair => pair.Name, pair => string.Join(",", pair.Value.EnumerateArray().Select(size => size.GetInt64())));
        var actual = network.state_dict().ToDictionary(pair => pair.Key, pair => string.Join(",", pair.Value.shape));

        Assert.Equal(expected.OrderBy(pair => pair.Key), actual.OrderBy(pair => pair.Key));
    }

    [Theory]
    [InlineData(18)]
    [InlineData(50)]
    public void Logits_WithTheSameWeights_EqualTorchvisions(int depth)
    {
        using var scope = torch.NewDisposeScope();
        using var network = new Resnet(depth, classes: 10);
        var entry = reference.GetProperty($"resnet{depth}");
        var state = network.state_dict();
        using (torch.no_grad())
        {
            // The formula counts tensors in torchvision's order.
            foreach (var (key, place) in entry.GetProperty("keys").EnumerateObject().Select((pair, place) => (pair.Name, place)))
                if (!key.EndsWith("num_batches_tracked", StringComparison.Ordinal)) state[key].copy_(Formula(key, state[key].shape, place));
        }

        network.eval();
        using var noGradient = torch.no_grad();
        var logits = network.call(ReferencePattern.Make(64, 96) / 255 - 0.5f);

        var expected = entry.GetProperty("logits").EnumerateArray().Select(value => value.GetSingle()).ToArray();
        Assert.Equal([1, 10], logits.shape);
        foreach (var (ours, theirs) in logits.data<float>().ToArray().Zip(expected))
            Assert.InRange(ours, theirs - 1e-4f * Math.Max(1, Math.Abs(theirs)), theirs + 1e-4f * Math.Max(1, Math.Abs(theirs)));
    }

    [Fact]
    public void Body_GivesMapsAtItsStrides_AndTakesAClassifiersFile()
    {
        using var scope = torch.NewDisposeScope();
        using var classifier = new Resnet(18, classes: 5);
        var path = Path.Combine(Path.GetTempPath(), $"resnet-{Guid.NewGuid():N}.safetensors");
        try
        {
            DeepCourse.Tensors.Weights.Save(classifier, path);
            using var body = Resnet.Pretrained(18, path);
            body.eval();
            using var noGradient = torch.no_grad();
            var images = torch.randn(2, 3, 64, 96);

            var maps = body.Features(images);

            Assert.Equal(body.Levels.Select(level => level.Channels), maps.Select(map => (int)map.shape[1]));
            Assert.Equal(body.Levels.Select(level => 64 / level.Stride), maps.Select(map => (int)map.shape[2]));
            Assert.Equal(512, body.Channels);
            Assert.True(torch.allclose(maps[^1], body.call(images)));
            Assert.True(torch.allclose(classifier.state_dict()["layer4.1.conv2.weight"], body.state_dict()["layer4.1.conv2.weight"], rtol: 0, atol: 0));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Pretrained_FromAFileOfPyTorch_GivesTorchvisionsLogits()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Resnet.Pretrained(18, ReferenceFiles.PathOf("weights/resnet18.pth"), classes: 10);
        network.eval();
        using var noGradient = torch.no_grad();

        var logits = network.call(ReferencePattern.Make(64, 96) / 255 - 0.5f).data<float>().ToArray();

        var expected = JsonDocument.Parse(File.ReadAllBytes(ReferenceFiles.PathOf("resnet18_pth.json"))).RootElement
            .GetProperty("logits").EnumerateArray().Select(value => value.GetSingle());
        Assert.All(logits.Zip(expected), pair => Assert.InRange(pair.First, pair.Second - 1e-4f, pair.Second + 1e-4f));
    }

    [Theory]
    [InlineData(18)]
    [InlineData(34)]
    [InlineData(50)]
    public void LayerGroups_HoldEveryParameterOnce(int depth)
    {
        using var network = new Resnet(depth);

        var grouped = network.LayerGroups.SelectMany(group => group).SelectMany(part => part.parameters()).Select(weight => weight.Handle);

        Assert.Equal(network.parameters().Select(weight => weight.Handle).Order(), grouped.Order());
    }

    [Fact]
    public void Depth_ThatDoesNotExist_IsNamed()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new Resnet(101));
        Assert.Contains("101", error.Message, StringComparison.Ordinal);
    }

    private static Tensor Formula(string key, long[] shape, int place)
    {
        var count = shape.Aggregate(1L, (product, size) => product * size);
        var (factor, offset) = shape.Length >= 2
            ? (Math.Sqrt(3.0 / (count / shape[0])), 0)
            : key.EndsWith("running_var", StringComparison.Ordinal) || key.EndsWith("weight", StringComparison.Ordinal) ? (0.5, 1) : (0.1, 0);
        var values = new float[count];
        for (var i = 0; i < values.Length; i++)
        {
            var noise = 43758.5453 * Math.Sin(12.9898 * i + 78.233 * place);
            values[i] = (float)(offset + factor * (2 * (noise - Math.Floor(noise)) - 1));
        }

        return torch.tensor(values, shape);
    }
}
