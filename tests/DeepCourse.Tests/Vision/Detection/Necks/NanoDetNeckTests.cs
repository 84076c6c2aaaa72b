using DeepCourse.Vision.Detection.Necks;

namespace DeepCourse.Tests.Vision.Detection.Necks;

public class NanoDetNeckTests
{
    [Fact]
    public void Call_SumsDownAndUp()
    {
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        using var neck = new NanoDetNeck([new(8, 1), new(16, 1)], channels: 1);
        foreach (var (key, weight) in neck.state_dict())
            weight.fill_(key.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0);

        var maps = neck.call([torch.tensor([0f, 1, 2, 3], [1, 1, 2, 2]), torch.tensor([10f], [1, 1, 1, 1])]);

        // Down: the coarse value joins each fine one. Up: the mean of the four joins the coarse one.
        Assert.Equal([10f, 11, 12, 13], maps[0].data<float>().ToArray());
        Assert.Equal([10f + 11.5f], maps[1].data<float>().ToArray());
    }

    [Fact]
    public void Call_OfOddSizes_KeepsThemAndLeavesNothingBehind()
    {
        using var scope = torch.NewDisposeScope();
        using var neck = new NanoDetNeck([new(8, 4), new(16, 6), new(32, 8)], channels: 5);
        Tensor[] inputs = [torch.randn(2, 4, 13, 9), torch.randn(2, 6, 7, 5), torch.randn(2, 8, 4, 3)];
        var before = scope.DisposablesCount;

        var maps = neck.call(inputs);

        Assert.Equal(before + 3, scope.DisposablesCount);
        Assert.Equal(["2 5 13 9", "2 5 7 5", "2 5 4 3"], maps.Select(map => string.Join(' ', map.shape)));
        maps.Select(map => map.square().sum()).Aggregate((sum, each) => sum + each).backward();
        Assert.All(neck.named_parameters(), each => Assert.True(each.parameter.grad is not null, each.name));
    }
}
