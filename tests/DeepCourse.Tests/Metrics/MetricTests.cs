using System.Text.Json;
using DeepCourse.Metrics;
using DeepCourse.Tensors;

namespace DeepCourse.Tests.Metrics;

public sealed class MetricTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    public static TheoryData<string> Names => ["accuracy", "top2", "precision", "recall", "f1"];

    [Theory]
    [MemberData(nameof(Names))]
    public void OverUnevenBatches_TheValueIsThatOfScikitLearn(string name)
    {
        using Metric<Tensor, Tensor> metric = name switch
        {
            "accuracy" => new Accuracy(),
            "top2" => new TopK(2),
            "precision" => new PrecisionRecall(4, PrecisionRecallKind.Precision),
            "recall" => new PrecisionRecall(4, PrecisionRecallKind.Recall),
            _ => new PrecisionRecall(4, PrecisionRecallKind.F1),
        };
        var (reference, scores, truth) = Read();
        Update(metric, scores, truth);
        Assert.Equal(reference.GetProperty(name).GetDouble(), metric.Value, 1e-9);
    }

    [Fact]
    public void ConfusionCounts_AreThoseOfScikitLearn()
    {
        using var counts = new ConfusionCounts(4);
        var (reference, scores, truth) = Read();
        Update(counts, scores, truth);
        var table = counts.Table();
        for (var row = 0; row < 4; row++)
            for (var column = 0; column < 4; column++)
                Assert.Equal(reference.GetProperty("table")[row][column].GetInt64(), table[row, column]);
        Assert.Equal(reference.GetProperty("accuracy").GetDouble(), counts.Value, 1e-9);
    }

    [Fact]
    public void Reset_ForgetsEverything()
    {
        using var accuracy = new Accuracy();
        accuracy.Update(eye(2), tensor(new long[] { 1, 0 }));
        Assert.Equal(0, accuracy.Value);
        accuracy.Reset();
        Assert.True(double.IsNaN(accuracy.Value));
        accuracy.Update(eye(2), tensor(new long[] { 0, 1 }));
        Assert.Equal(1, accuracy.Value);
    }

    [Fact]
    public void Accuracy_ReadsSoftTargetsAndPixels()
    {
        using var accuracy = new Accuracy();
        accuracy.Update(eye(2), tensor(new float[] { 0.9f, 0.1f, 0.8f, 0.2f }).view(2, 2));
        Assert.Equal(0.5, accuracy.Value);
        accuracy.Reset();
        accuracy.Update(ones(1, 1, 2, 2), zeros(new long[] { 1, 2, 2 }, ScalarType.Int64));
        Assert.Equal(1, accuracy.Value);
    }

    [Fact]
    public void Accuracy_OfTheWrongShape_IsRefused()
    {
        using var accuracy = new Accuracy();
        Assert.Throws<ShapeException>(() => accuracy.Update(eye(2), zeros(3, ScalarType.Int64)));
    }

    [Fact]
    public void ThresholdedAccuracy_CountsAnswers()
    {
        using var metric = new ThresholdedAccuracy(0.5);
        metric.Update(tensor(new float[] { 2, -2, 2, -2 }).view(2, 2), tensor(new float[] { 1, 0, 0, 0 }).view(2, 2));
        Assert.Equal(0.75, metric.Value);
    }

    [Fact]
    public void MeanAbsoluteError_IsBetterWhenLower()
    {
        using var metric = new MeanAbsoluteError();
        metric.Update(tensor(new float[] { 1, 2 }), tensor(new float[] { 0, 5 }));
        metric.Update(tensor(new float[] { 1 }), tensor(new float[] { 2 }));
        Assert.Equal((2 * 2 + 1) / 3.0, metric.Value, 1e-9);
        Assert.False(metric.HigherIsBetter);
    }

    [Fact]
    public void MeanOfItems_IsWeighedByTheirNumber()
    {
        using var metric = MeanOf.Items<Tensor, Tensor>(
            "distance", (output, targets) => (output - targets).abs(), higherIsBetter: false);
        metric.Update(ones(3), zeros(3));
        metric.Update(full(1, 5.0), zeros(1));
        Assert.Equal(2, metric.Value);
        Assert.Equal("distance", metric.Name);
    }

    [Fact]
    public void Update_KeepsNothingButItsSum()
    {
        using var metric = new Accuracy();
        metric.Update(eye(2), tensor(new long[] { 0, 1 }));
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (NewDisposeScope()) metric.Update(eye(2), tensor(new long[] { 0, 1 }));
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static void Update(Metric<Tensor, Tensor> metric, Tensor scores, Tensor truth)
    {
        foreach (var (start, length) in new[] { (0, 16), (16, 16), (32, 7), (39, 1) })
            using (NewDisposeScope()) metric.Update(scores.narrow(0, start, length), truth.narrow(0, start, length));
    }

    private static (JsonElement Reference, Tensor Scores, Tensor Truth) Read()
    {
        var reference = JsonDocument.Parse(
            File.ReadAllText(ReferenceFiles.PathOf("losses.json"))).RootElement.GetProperty("metrics");
        var scores = reference.GetProperty("scores").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        var truth = reference.GetProperty("truth").EnumerateArray().Select(value => value.GetInt64()).ToArray();
        return (reference, tensor(scores).view(40, 4), tensor(truth));
    }
}
