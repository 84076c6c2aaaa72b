using DeepCourse.Tensors;
using DeepCourse.Vision.Backbones;
using DeepCourse.Vision.Detection.Heads;

namespace DeepCourse.Tests.Vision.Detection.Heads;

public class DetectionHeadTests
{
    private static readonly FeatureLevel[] levels = [new(8, 8), new(16, 8)];
    private static readonly DetectionHeadOptions small = new() { Anchors = 2, BoxValues = 3, Depth = 1, Groups = 4 };

    [Fact]
    public void Call_GivesEveryAnchorOfEveryLevel()
    {
        using var scope = torch.NewDisposeScope();
        using var head = new DetectionHead(levels, classes: 5, small);
        var before = scope.DisposablesCount;

        var output = head.call([torch.randn(2, 8, 4, 6), torch.randn(2, 8, 2, 3)]);

        Assert.Equal([2, (24 + 6) * 2, 5], output.Scores.shape);
        Assert.Equal([2, (24 + 6) * 2, 3], output.Boxes.shape);
        Assert.Equal(before + 4, scope.DisposablesCount);
    }

    [Fact]
    public void Call_SharesItsTowersButScalesEachLevel()
    {
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        using var head = new DetectionHead(levels, classes: 5, small);
        var map = torch.randn(1, 8, 2, 3);
        head.state_dict()["scales.1"].fill_(3);

        var output = head.call([map, map]);

        Assert.Equal(output.Scores.narrow(1, 0, 12).ReadFloats(), output.Scores.narrow(1, 12, 12).ReadFloats());
        Assert.True(torch.allclose(output.Boxes.narrow(1, 0, 12) * 3, output.Boxes.narrow(1, 12, 12)));
    }

    [Fact]
    public void Start_GivesEveryClassThePrior()
    {
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        using var head = new DetectionHead(levels, classes: 5, small with { Prior = 0.02 });

        var output = head.call([torch.zeros(1, 8, 2, 3), torch.zeros(1, 8, 1, 2)]);

        Assert.All(output.Scores.sigmoid().data<float>().ToArray(), score => Assert.Equal(0.02f, score, 0.01f));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DetectionHead(levels, 5, small with { Prior = 1 }));
    }

    [Fact]
    public void Weights_AllGetGradientsAndComeBackFromAFile()
    {
        using var scope = torch.NewDisposeScope();
        using var head = new DetectionHead(levels, classes: 5, small);
        using var other = new DetectionHead(levels, classes: 5, small);
        Tensor[] maps = [torch.randn(1, 8, 4, 6), torch.randn(1, 8, 2, 3)];
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "head.safetensors");

        var output = head.call(maps);
        (output.Scores.square().sum() + output.Boxes.square().sum()).backward();
        Weights.Save(head, path);
        Weights.Load(other, path);

        Assert.All(head.named_parameters(), each => Assert.True(each.parameter.grad is not null, each.name));
        Assert.Equal(output.Scores.ReadFloats(), other.call(maps).Scores.ReadFloats());
    }

    [Fact]
    public void Flatten_PutsTheValuesOfAnAnchorSideBySideRowByRow()
    {
        using var scope = torch.NewDisposeScope();
        // Channels: 2 anchors of 2 values. Value = 100 * channel + 10 * row + column.
        var map = torch.arange(4).view(1, 4, 1, 1) * 100 + torch.arange(2).view(1, 1, 2, 1) * 10 + torch.arange(3).view(1, 1, 1, 3);

        var flat = DetectionHead.Flatten(map, values: 2);

        Assert.Equal([1, 12, 2], flat.shape);
        Assert.Equal([0L, 100, 200, 300, 1, 101, 201, 301], flat.contiguous().data<long>().ToArray()[..8]);
        Assert.Equal([12L, 112, 212, 312], flat.contiguous().data<long>().ToArray()[^4..]);
    }

    [Fact]
    public void LevelsOfDifferentWidth_AreAnError() => Assert.Contains(
        "need the same channels, got [8, 16]",
        Assert.Throws<ArgumentException>(() => new DetectionHead([new(8, 8), new(16, 16)], 3)).Message,
        StringComparison.Ordinal);
}
