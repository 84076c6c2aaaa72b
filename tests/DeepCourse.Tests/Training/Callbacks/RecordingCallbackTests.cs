using DeepCourse.Data;
using DeepCourse.Losses;
using DeepCourse.Optimization;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;

namespace DeepCourse.Tests.Training.Callbacks;

public sealed class RecordingCallbackTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void BestCheckpoint_BringsTheBestWeightsBack()
    {
        // The rate grows until the loss explodes: the best epoch is not the last.
        var path = Path.Combine(_folder, "new", "best.safetensors");
        var best = new BestCheckpoint(path);
        using var line = new LineLearner([best], Optimizers.Sgd(0.1, momentum: 0));
        line.Learner.Fit(8, callbacks: [new Scheduling(1, Schedule.Polynomial(0.3, 6, 3))]);
        var losses = line.Learner.History.Epochs.Select(row => row.ValidationLoss).ToList();
        Assert.Equal(losses.Min(), best.Best);
        Assert.Equal(losses.IndexOf(losses.Min()), best.BestEpoch);
        Assert.NotEqual(7, best.BestEpoch);
        Assert.Equal(best.Best, line.Learner.Validate().Loss, 1e-6);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void LossParts_RecordTheMeansOverItems()
    {
        using var model = Linear(1, 1);
        var loss = Loss.Sum<Tensor, Tensor>(new("squared", Loss.MeanSquaredError), new("absolute", Loss.L1, 2));
        var data = new Loaders<Tensor, Tensor>(new PointLoader(6, 4), new PointLoader(6, 4));
        using var learner = Learner.Create(data, model, loss.Of, Optimizers.Sgd(0), [new LossParts(loss)]);
        learner.Fit(1);
        var row = learner.History.Epochs[0];
        Assert.Equal(["training squared", "training absolute", "squared", "absolute"],
            row.Metrics.Select(metric => metric.Name));
        Assert.Equal(row.ValidationLoss, row.Value("squared") + 2 * row.Value("absolute"), 1e-6);
        Assert.Equal(row.TrainingLoss, row.Value("training squared") + 2 * row.Value("training absolute"), 1e-6);
    }

    [Fact]
    public void MetricsRecorder_MeasuresTrainingToo_WhenAsked()
    {
        using var error = new DeepCourse.Metrics.MeanAbsoluteError();
        using var line = new LineLearner([new MetricsRecorder(alsoTraining: true, error)], Optimizers.Sgd(0),
            trainItems: 4);
        line.Learner.Fit(1);
        var row = line.Learner.History.Epochs[0];
        Assert.Equal(row.Value("mean absolute error"), row.Value("training mean absolute error"), 1e-6);
    }

    [Fact]
    public void ActivationStatistics_SeeEveryLayer_AndTakeTheirHooksOff()
    {
        var statistics = new ActivationStatistics();
        using var line = new LineLearner([statistics],
            model: () => Sequential(("first", Zero()), ("act", ReLU()), ("second", Linear(3, 1))));
        line.Learner.Fit(2);
        Assert.Equal(["first", "second"], statistics.Layers.Select(layer => layer.Name));
        var first = statistics.Layers.First();
        Assert.Equal(4, first.Means.Count);
        Assert.Equal(ActivationStatistics.Bins, first.Histograms[0].Count);
        Assert.Equal(4 * 3, first.Histograms[0].Sum());
        Assert.Equal((0, 0, 1), (first.Means[0], first.Deviations[0], first.DeadShares[0]));

        line.Learner.Predict(line.Validation, (_, _) => { });
        Assert.Equal(4, first.Means.Count);
    }

    [Fact]
    public void ProgressReporter_ReportsEveryBatch_WithoutAnInterval()
    {
        var progress = new Progress();
        using var line = new LineLearner([progress]);
        line.Learner.Fit(2);
        Assert.Equal(6, progress.Reports.Count);
        Assert.Equal((Phase.Train, 0, 1, 2), Brief(progress.Reports[0]));
        Assert.Equal((Phase.Validate, 1, 1, 1), Brief(progress.Reports[^1]));
        Assert.Equal(line.Learner.History.Losses[0], progress.Reports[0].Loss, 1e-6);
        Assert.Equal([0, 1], progress.Rows.Select(row => row.Epoch));
        Assert.Equal(TimeSpan.Zero, progress.Reports[^1].FitRemaining);

        static (Phase, int, int, int) Brief(ProgressReport report) =>
            (report.Phase, report.Epoch, report.Batches, report.BatchCount);
    }

    [Fact]
    public void ModelSummary_CountsAndNamesShapes()
    {
        using var scope = NewDisposeScope();
        using var model = Sequential(("flat", Flatten()), ("first", Linear(4, 3)), ("norm", BatchNorm1d(3)));
        model.get_parameter("first.bias")!.requires_grad = false;
        var summary = ModelSummary.Of(model, zeros(5, 2, 2));
        Assert.Equal((21, 18), (summary.Parameters, summary.Trainable));
        Assert.Equal([("flat", "[5, 4]", 0), ("first", "[5, 3]", 15), ("norm", "[5, 3]", 6)],
            summary.Layers.Select(layer => (layer.Name, layer.OutputShape, (int)layer.Parameters)));
        Assert.Contains("21 parameters, 18 of them trainable", summary.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ModelSummary_OfALearner_UsesItsFirstValidationBatch()
    {
        using var line = new LineLearner(validationItems: 3, model: () => Sequential(("only", Linear(1, 1))));
        Assert.Equal("[3, 1]", ModelSummary.Of(line.Learner).Layers[0].OutputShape);
    }

    [Fact]
    public void TestTimeAugmentation_AveragesProbabilities()
    {
        using var scope = NewDisposeScope();
        using var model = Linear(2, 2);
        var data = new Loaders<Tensor, Tensor>(new PointLoader(1, 1), new PointLoader(1, 1));
        using var learner = Learner.Create(data, model, Loss.CrossEntropy, Optimizers.Sgd(0));
        var inputs = randn(3, 2);
        var averaged = learner.PredictAveraged(inputs, [x => -x, x => x * 2], plainShare: 0.5);
        Tensor Probabilities(Tensor x) => model.call(x).softmax(1);
        var expected = Probabilities(inputs) * 0.5 + Probabilities(-inputs) * 0.25 + Probabilities(inputs * 2) * 0.25;
        Assert.True(averaged.allclose(expected, 1e-5, 1e-6));
        Assert.False(averaged.requires_grad);
    }

    private static Linear Zero()
    {
        var layer = Linear(1, 3);
        init.zeros_(layer.weight!);
        init.zeros_(layer.bias!);
        return layer;
    }

    private sealed class Progress() : ProgressReporter(TimeSpan.Zero)
    {
        public List<ProgressReport> Reports { get; } = [];

        public List<EpochRow> Rows { get; } = [];

        protected override void Advanced(ProgressReport report) => Reports.Add(report);

        protected override void EpochEnded(Run run, EpochRow row) => Rows.Add(row);
    }
}
