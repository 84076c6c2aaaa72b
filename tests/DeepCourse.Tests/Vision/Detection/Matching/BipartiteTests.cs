using DeepCourse.Vision.Detection;

namespace DeepCourse.Tests.Vision.Detection;

public sealed class BipartiteTests
{
    [Fact]
    public void ObjectsOfOneAnchor_GetDifferentOnes_TheNearestFirst()
    {
        using var scope = NewDisposeScope();
        var anchors = new Anchors(
            tensor(new float[] { 0, 0, 0.5f, 1, 0.5f, 0, 1, 1 }, [2, 4]), full(2, 2, 0.5), [new(1, 2, 1)]);
        // Both overlap the left anchor most, the second one more; the third meets nothing that is left.
        var targets = new DetectionTargets(
            tensor(new float[] { 0.2f, 0, 0.6f, 1, 0.05f, 0, 0.5f, 1, 0, 0, 0.1f, 0.1f }, [1, 3, 4]),
            zeros(1, 3, ScalarType.Int64));
        var slots = new OverlapMatcher(0.9, 0.9, ForcedAnchor.Bipartite).Of(anchors, targets).Slots;
        Assert.Equal([1, 0], slots.data<long>().ToArray());
        slots = new OverlapMatcher(0.95, 0.95, ForcedAnchor.Best).Of(anchors, targets).Slots;
        Assert.Equal([2, -1], slots.data<long>().ToArray());
    }
}
