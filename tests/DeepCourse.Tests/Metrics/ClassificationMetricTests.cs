using System.Text.Json;
using DeepCourse.Metrics;
using DeepCourse.Tensors;

namespace DeepCourse.Tests.Metrics;

/// <summary>F1, Matthews correlation and calibration, against scikit-learn's.</summary>
public sealed class ClassificationMetricTests : IDisposable
{
    private static readonly JsonElement reference = JsonDocument.Parse(File.ReadAllText(ReferenceFiles.PathOf("text_metrics.json"))).RootElement.GetProperty("cases");

    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<int, string, ClassAverage> Averages => new()
    {
        { 0, "macro", ClassAverage.Macro },
        { 0, "micro", ClassAverage.Micro },
        { 0, "binary", ClassAverage.Positive },
        { 1, "macro", ClassAverage.Macro },
        { 1, "micro", ClassAverage.Micro },
    };

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Averages))]
    public void PrecisionAndF1_AreThoseOfScikitLearn(int index, string name, ClassAverage average)
    {
        var (expected, logits, truth) = Read(index);
        using var f1 = new PrecisionRecall((int)logits.size(1), PrecisionRecallKind.F1, average);
        using var precision = new PrecisionRecall((int)logits.size(1), PrecisionRecallKind.Precision, average);
        Update(logits, truth, f1, precision);
        Assert.Equal(expected.GetProperty("f1").GetProperty(name).GetDouble(), f1.Value, 1e-12);
        Assert.Equal(expected.GetProperty("precision").GetProperty(name).GetDouble(), precision.Value, 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void MatthewsCorrelation_IsThatOfScikitLearn(int index)
    {
        var (expected, logits, truth) = Read(index);
        using var metric = new MatthewsCorrelation((int)logits.size(1));
        Update(logits, truth, metric);
        Assert.Equal(expected.GetProperty("matthews").GetDouble(), metric.Value, 1e-12);
    }

    [Fact]
    public void MatthewsCorrelation_OfOneAnswerOnly_IsZero()
    {
        using var metric = new MatthewsCorrelation(2);
        Assert.True(double.IsNaN(metric.Value));
        metric.Update(tensor(new float[] { 1, 0, 1, 0 }).view(2, 2), tensor(new long[] { 0, 1 }));
        Assert.Equal(0, metric.Value);
        metric.Reset();
        metric.Update(eye(2), tensor(new long[] { 1, 0 }));
        Assert.Equal(-1, metric.Value);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Calibration_IsThatOfScikitLearn(int index)
    {
        var (expected, logits, truth) = Read(index);
        using var metric = new CalibrationError(bins: 10);
        Update(logits, truth, metric);
        Assert.Equal(expected.GetProperty("calibration").GetDouble(), metric.Value, 1e-9);
        var bins = expected.GetProperty("bins");
        Assert.Equal(bins[0].EnumerateArray().Select(value => value.GetInt64()), metric.Bins().Select(bin => bin.Count));
        for (var i = 0; i < metric.Bins().Count; i++)
        {
            var bin = metric.Bins()[i];
            Assert.Equal(bins[1][i].GetDouble(), bin.Confidence, 1e-9);
            Assert.Equal(bins[2][i].GetDouble(), bin.Accuracy, 1e-9);
            Assert.InRange(bin.Confidence, bin.Low, bin.High);
        }
        Assert.False(metric.HigherIsBetter);
        Assert.Contains("too sure of itself", metric.Figure().ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Certainty_BelongsToTheLastRange()
    {
        using var metric = new CalibrationError(4);
        Assert.True(double.IsNaN(metric.Value));
        metric.Update(tensor(new float[] { 1000, 0, 1000, 0 }).view(2, 2), tensor(new long[] { 0, 1 }));
        var bin = Assert.Single(metric.Bins());
        Assert.Equal((0.75, 1.0, 2L, 1.0, 0.5), (bin.Low, bin.High, bin.Count, bin.Confidence, bin.Accuracy));
        Assert.Equal(0.5, metric.Value);
    }

    [Fact]
    public void Calibration_KeepsNothingButItsSums()
    {
        using var metric = new CalibrationError();
        metric.Update(eye(2), tensor(new long[] { 0, 1 }));
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (NewDisposeScope()) metric.Update(eye(2), tensor(new long[] { 0, 1 }));
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Throws<ShapeException>(() => metric.Update(eye(2), zeros(3, ScalarType.Int64)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Temperature_IsThatOfScipysMinimum(int index)
    {
        var (expected, logits, truth) = Read(index);
        var scaling = TemperatureScaling.Fit(logits, truth);
        Assert.Equal(1, scaling.Temperature / expected.GetProperty("temperature").GetDouble(), 1e-5);
        Assert.True(Entropy(scaling.Apply(logits)) < Entropy(logits));
        Assert.Equal(logits.argmax(1).ReadNumbers(), scaling.Apply(logits).argmax(1).ReadNumbers());

        double Entropy(Tensor scores) => functional.cross_entropy(scores, truth).ReadNumber();
    }

    [Fact]
    public void Temperature_OfAFlawlessClassifier_IsTheColdest() =>
        Assert.Equal(1e-3, TemperatureScaling.Fit(eye(3), tensor(new long[] { 0, 1, 2 })).Temperature, 1e-9);

    [Fact]
    public void Temperature_OfAClassifierThatSaysNothing_IsLeft() =>
        Assert.Equal(1, TemperatureScaling.Fit(zeros(3, 2), tensor(new long[] { 0, 1, 0 })).Temperature);

    private static void Update(Tensor logits, Tensor truth, params Metric<Tensor, Tensor>[] metrics)
    {
        foreach (var metric in metrics)
            foreach (var (start, length) in new[] { (0, 32), (32, 27), (59, 1) })
                using (NewDisposeScope()) metric.Update(logits.narrow(0, start, length), truth.narrow(0, start, length));
    }

    private static (JsonElement Expected, Tensor Logits, Tensor Truth) Read(int index)
    {
        var expected = reference[index];
        var logits = expected.GetProperty("logits").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        var truth = expected.GetProperty("truth").EnumerateArray().Select(value => value.GetInt64()).ToArray();
        return (expected, tensor(logits).view(truth.Length, -1), tensor(truth));
    }
}
