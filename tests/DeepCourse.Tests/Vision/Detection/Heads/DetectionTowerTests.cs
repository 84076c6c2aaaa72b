using DeepCourse.Tensors;
using DeepCourse.Vision.Detection.Heads;

namespace DeepCourse.Tests.Vision.Detection.Heads;

public class DetectionTowerTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    public void Tower_IsALayer(int groups) =>
        LayerTests.Check(() => new DetectionTower(4, depth: 2, groups), torch.randn(2, 4, 3, 5), [2, 4, 3, 5]);

    [Fact]
    public void DepthOfZero_LeavesTheMapAsItIs()
    {
        using var scope = torch.NewDisposeScope();
        using var tower = new DetectionTower(4, depth: 0, groups: 2);
        var map = torch.randn(1, 4, 3, 3);

        var output = tower.call(map);

        Assert.Equal(map.ReadFloats(), output.ReadFloats());
        Assert.NotSame(map, output);
    }

    [Fact]
    public void GroupsThatDoNotDivide_AreAnError() => Assert.Contains(
        "10 channels do not fall into 4 equal groups",
        Assert.Throws<ArgumentException>(() => new DetectionTower(10, 1, 4)).Message,
        StringComparison.Ordinal);
}
