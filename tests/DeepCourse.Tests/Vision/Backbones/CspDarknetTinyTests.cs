using System.Text.Json;
using DeepCourse.Vision.Backbones;

namespace DeepCourse.Tests.Vision.Backbones;

public class CspDarknetTinyTests
{
    [Fact]
    public void Features_OfThePretrainedNetwork_EqualThePublishedGraphs()
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var reference = JsonDocument.Parse(File.ReadAllBytes(ReferenceFiles.PathOf("nanodet.json"))).RootElement;
        using var network = CspDarknetTiny.Pretrained();
        var images = Normalise(network, ReferencePattern.Make(64, 96));

        var maps = network.Features(images);

        foreach (var (map, level) in maps.Zip(network.Levels))
        {
            var expected = reference.GetProperty($"stride{level.Stride}");
            Assert.Equal(expected.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()), map.shape[1..]);
            var values = map.contiguous().data<float>().ToArray();
            var picked = expected.GetProperty("every97th").EnumerateArray().Select(value => value.GetSingle()).ToArray();
            for (var i = 0; i < picked.Length; i++) Assert.InRange(values[i * 97], picked[i] - 1e-3f, picked[i] + 1e-3f);
            Assert.Equal(expected.GetProperty("absoluteMean").GetDouble(), values.Average(Math.Abs), 1e-4);
        }
    }

    [Fact]
    public void LayerGroups_HoldEveryParameterOnce()
    {
        using var network = new CspDarknetTiny();

        var grouped = network.LayerGroups.SelectMany(group => group).SelectMany(part => part.parameters()).ToList();

        Assert.Equal(network.parameters().Count(), grouped.Count);
        Assert.Equal(3_180_256, grouped.Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void RandomWeights_KeepTheSizeOfActivations()
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        torch.manual_seed(1);
        using var network = new CspDarknetTiny();

        var spread = network.call(torch.randn(2, 3, 64, 64)).std().ToSingle();

        Assert.InRange(spread, 0.2f, 5f);
    }

    [Fact]
    public void Call_LeavesNothingBehind()
    {
        using var network = new CspDarknetTiny();
        using var outer = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var images = torch.zeros(1, 3, 32, 32);
        var before = outer.DisposablesCount;

        network.call(images);

        Assert.Equal(before + 1, outer.DisposablesCount);
    }

    private static Tensor Normalise(Backbone network, Tensor pixels)
    {
        var mean = torch.tensor(network.Statistics.Mean.ToArray()).view(1, 3, 1, 1);
        var deviation = torch.tensor(network.Statistics.Deviation.ToArray()).view(1, 3, 1, 1);
        return (pixels / 255 - mean) / deviation;
    }
}
