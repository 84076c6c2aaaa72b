using DeepCourse.Tensors;
using DeepCourse.Vision.Backbones;
using DeepCourse.Vision.Detection.Necks;

namespace DeepCourse.Tests.Vision.Detection.Necks;

public class FeaturePyramidTests
{
    private static readonly FeatureLevel[] levels = [new(8, 4), new(16, 6), new(32, 8)];

    [Fact]
    public void Call_OfOddSizes_KeepsThemAndHalvesForExtraLevels()
    {
        using var scope = torch.NewDisposeScope();
        using var neck = new FeaturePyramid(levels, channels: 5, extraLevels: 2);

        var maps = neck.call([torch.randn(2, 4, 13, 9), torch.randn(2, 6, 7, 5), torch.randn(2, 8, 4, 3)]);

        Assert.Equal([8, 16, 32, 64, 128], neck.Levels.Select(level => level.Stride));
        Assert.All(neck.Levels, level => Assert.Equal(5, level.Channels));
        Assert.Equal(
            ["2 5 13 9", "2 5 7 5", "2 5 4 3", "2 5 2 2", "2 5 1 1"], maps.Select(map => string.Join(' ', map.shape)));
    }

    [Fact]
    public void Call_HandsCoarseMapsDownAndFineOnesNotUp()
    {
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        using var neck = new FeaturePyramid(levels, channels: 5);
        Tensor[] inputs = [torch.randn(1, 4, 8, 8), torch.randn(1, 6, 4, 4), torch.randn(1, 8, 2, 2)];
        var before = neck.call(inputs);

        var otherCoarse = neck.call([inputs[0], inputs[1], torch.randn(1, 8, 2, 2)]);
        var otherFine = neck.call([torch.randn(1, 4, 8, 8), inputs[1], inputs[2]]);

        Assert.All(before.Zip(otherCoarse), pair => Assert.False(torch.allclose(pair.First, pair.Second)));
        Assert.False(torch.allclose(before[0], otherFine[0]));
        Assert.Equal(before[1].ReadFloats(), otherFine[1].ReadFloats());
        Assert.Equal(before[2].ReadFloats(), otherFine[2].ReadFloats());
    }

    [Fact]
    public void Call_OnTwoLevels_IsTheSumOfLateralAndNearestNeighbourThroughTheSmoothing()
    {
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        using var neck = new FeaturePyramid([new(8, 1), new(16, 1)], channels: 1);
        // Laterals pass on, smoothing passes only the middle on.
        foreach (var (key, weight) in neck.state_dict())
        {
            weight.zero_();
            if (key.StartsWith("laterals", StringComparison.Ordinal) && key.EndsWith("weight", StringComparison.Ordinal))
                weight.fill_(1);
            if (key.StartsWith("smooths", StringComparison.Ordinal) && key.EndsWith("weight", StringComparison.Ordinal))
                weight[0, 0, 1, 1].fill_(1);
        }

        var fine = torch.tensor([0f, 1, 2, 3], [1, 1, 2, 2]);
        var maps = neck.call([fine, torch.tensor([10f], [1, 1, 1, 1])]);

        Assert.Equal([10f, 11, 12, 13], maps[0].data<float>().ToArray());
        Assert.Equal([10f], maps[1].data<float>().ToArray());
    }

    [Fact]
    public void Call_LeavesNothingBehindAndReachesEveryWeight()
    {
        using var scope = torch.NewDisposeScope();
        using var neck = new FeaturePyramid(levels, channels: 5, extraLevels: 1);
        Tensor[] inputs = [torch.randn(1, 4, 8, 8), torch.randn(1, 6, 4, 4), torch.randn(1, 8, 2, 2)];
        var before = scope.DisposablesCount;

        var maps = neck.call(inputs);

        Assert.Equal(before + 4, scope.DisposablesCount);
        maps.Select(map => map.square().sum()).Aggregate((sum, each) => sum + each).backward();
        Assert.All(neck.named_parameters(), each => Assert.True(each.parameter.grad is not null, each.name));
    }

    [Fact]
    public void Call_WithWrongMaps_NamesTheLevel()
    {
        using var scope = torch.NewDisposeScope();
        using var neck = new FeaturePyramid(levels, channels: 5);

        var number = Assert.Throws<ArgumentException>(() => neck.call([torch.zeros(1, 4, 8, 8)]));
        var channels = Assert.Throws<ShapeException>(
            () => neck.call([torch.zeros(1, 4, 8, 8), torch.zeros(1, 7, 4, 4), torch.zeros(1, 8, 2, 2)]));

        Assert.Contains("expected 3 maps, got 1", number.Message, StringComparison.Ordinal);
        Assert.Contains("maps[1]: expected the shape [batch, 6, height, width], got [1, 7, 4, 4]", channels.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new FeaturePyramid([new(16, 4), new(8, 4)]));
    }
}
