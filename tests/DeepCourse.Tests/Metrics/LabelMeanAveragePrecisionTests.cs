using System.Text.Json;
using DeepCourse.Metrics;
using DeepCourse.Tensors;

namespace DeepCourse.Tests.Metrics;

public sealed class LabelMeanAveragePrecisionTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Value_OverUnevenBatches_IsThatOfScikitLearn()
    {
        var reference = JsonDocument.Parse(File.ReadAllText(ReferenceFiles.PathOf("labels.json"))).RootElement;
        var labels = reference.GetProperty("labels").GetInt32();
        var scores = Numbers(reference, "scores").view(-1, labels);
        var truth = Numbers(reference, "truth").view(-1, labels);
        using var metric = new LabelMeanAveragePrecision(labels);

        foreach (var (start, length) in new[] { (0, 32), (32, 27), (59, 1) })
            using (NewDisposeScope()) metric.Update(scores.narrow(0, start, length), truth.narrow(0, start, length));

        Assert.Equal(reference.GetProperty("mean").GetDouble(), metric.Value, 1e-9);
        var expected = reference.GetProperty("ofLabels").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        foreach (var (one, other) in expected.Zip(metric.OfLabels())) Assert.Equal(one, other, 1e-9);
        Assert.True(double.IsNaN(metric.OfLabels()[^1]), "the last label occurs nowhere");
    }

    [Theory]
    // Right ones in places 1 and 3 of 4: (1/1 + 2/3) / 2.
    [InlineData(new[] { 4f, 3, 2, 1 }, new[] { 1f, 0, 1, 0 }, 5.0 / 6)]
    // The only right one is last.
    [InlineData(new[] { 4f, 3, 2, 1 }, new[] { 0f, 0, 0, 1 }, 1.0 / 4)]
    // Two of one score have no order: both are reached at precision 1/2.
    [InlineData(new[] { 1f, 1, 0, -1 }, new[] { 1f, 0, 0, 0 }, 1.0 / 2)]
    [InlineData(new[] { -1f, -2, -3, -4 }, new[] { 1f, 1, 1, 1 }, 1.0)]
    public void Value_OfOneLabel_IsWhatIsWorkedOutByHand(float[] scores, float[] truth, double expected)
    {
        using var metric = new LabelMeanAveragePrecision(1);

        metric.Update(tensor(scores).view(-1, 1), tensor(truth).view(-1, 1));

        Assert.Equal(expected, metric.Value, 1e-12);
    }

    [Fact]
    public void Value_OfNothing_IsNoNumber()
    {
        using var metric = new LabelMeanAveragePrecision(2);
        Assert.True(double.IsNaN(metric.Value));
        metric.Update(ones(3, 2), zeros(3, 2));
        Assert.True(double.IsNaN(metric.Value));
        metric.Update(ones(1, 2), ones(1, 2));
        Assert.Equal(0.25, metric.Value);
        metric.Reset();
        Assert.True(double.IsNaN(metric.Value));
    }

    [Fact]
    public void Update_OfOtherShapes_IsRefused()
    {
        using var metric = new LabelMeanAveragePrecision(2);
        Assert.Throws<ShapeException>(() => metric.Update(ones(3, 3), ones(3, 3)));
        Assert.Throws<ShapeException>(() => metric.Update(ones(3, 2), ones(2, 2)));
    }

    [Fact]
    public void Update_KeepsCopies()
    {
        using var metric = new LabelMeanAveragePrecision(1);
        var scores = tensor(new float[] { 2, 1 }).view(2, 1);
        metric.Update(scores, tensor(new float[] { 1, 0 }).view(2, 1));
        scores.neg_();
        Assert.Equal(1, metric.Value);
    }

    private static Tensor Numbers(JsonElement document, string name) =>
        tensor(document.GetProperty(name).EnumerateArray().Select(value => value.GetSingle()).ToArray());
}
