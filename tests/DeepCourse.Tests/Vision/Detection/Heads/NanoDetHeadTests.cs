using DeepCourse.Vision.Detection.Heads;

namespace DeepCourse.Tests.Vision.Detection.Heads;

public class NanoDetHeadTests
{
    [Fact]
    public void Call_SeparatesClassesFromBins()
    {
        using var scope = torch.NewDisposeScope();
        using var head = new NanoDetHead([new(8, 8), new(16, 8)], classes: 3, bins: 5);
        var before = scope.DisposablesCount;

        var output = head.call([torch.randn(2, 8, 4, 6), torch.randn(2, 8, 2, 3)]);

        Assert.Equal([2, 30, 3], output.Scores.shape);
        Assert.Equal([2, 30, 20], output.Boxes.shape);
        Assert.Equal(before + 4, scope.DisposablesCount);
        (output.Scores.square().sum() + output.Boxes.square().sum()).backward();
        Assert.All(head.named_parameters(), each => Assert.True(each.parameter.grad is not null, each.name));
    }

    [Fact]
    public void Pretrained_WithOwnClasses_KeepsTheBoxesAndStartsTheScoresLow()
    {
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        using var published = NanoDetHead.Pretrained();
        using var own = NanoDetHead.Pretrained(classes: 3);
        Tensor[] maps = [torch.randn(1, 128, 4, 4), torch.randn(1, 128, 2, 2), torch.randn(1, 128, 1, 1)];

        var (expected, actual) = (published.call(maps), own.call(maps));

        Assert.Equal([1, 21, 80], expected.Scores.shape);
        Assert.Equal([1, 21, 3], actual.Scores.shape);
        Assert.True(torch.allclose(expected.Boxes, actual.Boxes, rtol: 1e-4, atol: 1e-4));
        Assert.InRange(actual.Scores.sigmoid().mean().ToSingle(), 0.001f, 0.1f);
    }
}
