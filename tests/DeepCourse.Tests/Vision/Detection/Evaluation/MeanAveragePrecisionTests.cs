using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Evaluation;

namespace DeepCourse.Tests.Vision.Detection.Evaluation;

public sealed class MeanAveragePrecisionTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void OverBatches_ItIsThatOfAllPictures()
    {
        using var metric = new MeanAveragePrecision<Tensor>(2, Decode);
        Assert.Equal("map50", metric.Name);
        Assert.True(double.IsNaN(metric.Value));

        // Class 0: one object found. Class 1: of two objects, the one is found after a mistake.
        metric.Update(Scores(0.9f, 0, 0, 0.6f), Targets((0, 0), (1, 1)));
        metric.Update(Scores(0, 0.8f, 0, 0), Targets((-1, 0), (1, 1)));

        Assert.Equal((1 + 0.25) / 2, metric.Value, 1e-9);
        metric.Reset();
        Assert.True(double.IsNaN(metric.Value));
    }

    [Fact]
    public void OverAllOverlaps_HalfAHitCountsForTheLowOnes()
    {
        using var metric = new MeanAveragePrecision<Tensor>(2, Decode, overlap: null);
        Assert.Equal("map50_95", metric.Name);

        metric.Update(Scores(0.9f, 0, 0, 0), new(tensor(new[] { 0f, 0, 0.5f, 0.36f }, [1, 1, 4]), tensor(new long[] { 0 }, [1, 1])));

        // The anchor's box is 0.5 x 0.5: an overlap of 0.72, enough for 0.50, 0.55, 0.60, 0.65 and 0.70.
        Assert.Equal(0.5, metric.Value, 1e-9);
    }

    [Fact]
    public void AtOtherOverlaps_TheNameSaysSo()
    {
        using var metric = new MeanAveragePrecision<Tensor>(2, Decode, overlap: 0.75);
        Assert.Equal("map75", metric.Name);
        metric.Update(Scores(0.9f, 0, 0, 0), Targets((0, 0), (-1, 0)));
        Assert.Equal(1, metric.Value);
        Assert.Equal(1, metric.Results().Count);
    }

    // Two anchors, [0, 0.5]^2 and [0.5, 1]^2; scores as [1, anchors, classes].
    private static Tensor Scores(params float[] scores) => tensor(scores, [1, 2, 2]);

    private static Detections Decode(Tensor scores) =>
        new DetectionFilter().Apply(scores, tensor(new[] { 0, 0, 0.5f, 0.5f, 0.5f, 0.5f, 1, 1 }, [1, 2, 4]));

    private static DetectionTargets Targets(params (long Class, int Anchor)[] objects) => new(
        tensor([.. objects.SelectMany(item => item.Anchor == 0 ? new[] { 0f, 0, 0.5f, 0.5f } : [0.5f, 0.5f, 1, 1])], [1, objects.Length, 4]),
        tensor([.. objects.Select(item => item.Class)], [1, objects.Length]));
}
