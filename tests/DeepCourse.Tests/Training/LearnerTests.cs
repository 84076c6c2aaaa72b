using DeepCourse.Data;
using DeepCourse.Losses;
using DeepCourse.Metrics;
using DeepCourse.Optimization;
using DeepCourse.Training;

namespace DeepCourse.Tests.Training;

public sealed class LearnerTests
{
    [Fact]
    public void Fit_FindsTheSlope()
    {
        using var line = new LineLearner(trainItems: 64, batchSize: 8);
        line.Learner.Fit(20);
        Assert.Equal(3, line.Slope, 0.1);
        Assert.True(line.Learner.History.Epochs[^1].ValidationLoss < 0.01);
    }

    [Fact]
    public void History_HasARowPerEpochAndPerBatch()
    {
        using var line = new LineLearner();
        line.Learner.Fit(2);
        line.Learner.Fit(1, rates: 0.05);
        Assert.Equal([(0, 0), (0, 1), (1, 0)], line.Learner.History.Epochs.Select(row => (row.Fit, row.Epoch)));
        Assert.Equal([0, 1, 0, 1, 0, 1], line.Learner.History.Batches.Select(row => row.Batch));
        Assert.Equal([0.1, 0.1, 0.1, 0.1, 0.05, 0.05], line.Learner.History.LearningRates);
        Assert.Equal(0.9, line.Learner.History.Batches[0].Momentum);
    }

    [Fact]
    public void EpochLoss_IsTheMeanOverItems_NotOverBatches()
    {
        // 5 items in batches of 4: the last batch has one item only, and must count a quarter as much as the first.
        using var line = new LineLearner(trainItems: 5, validationItems: 5, optimizer: Optimizers.Sgd(0));
        line.Learner.Fit(1);
        var (rows, epoch) = (line.Learner.History.Batches, line.Learner.History.Epochs[0]);
        Assert.Equal((4 * rows[0].Loss + rows[1].Loss) / 5, epoch.TrainingLoss, 1e-9);
        Assert.Equal(epoch.TrainingLoss, epoch.ValidationLoss, 1e-6);
    }

    [Fact]
    public void Loader_IsAskedForANewEpochEachTime_AlsoInTheNextFit()
    {
        using var line = new LineLearner();
        line.Learner.Fit(2);
        line.Learner.Fit(1);
        Assert.Equal([(0, 0), (1, 0), (2, 0)], line.Train.Asked);
        Assert.Equal([(0, 0), (0, 0), (0, 0)], line.Validation.Asked);
    }

    [Fact]
    public void Fit_StartsWithTheOptimizersOwnRates_WhateverAFitBeforeDid()
    {
        using var line = new LineLearner();
        line.Learner.FitOneCycle(1, 0.5);
        line.Learner.Fit(1);
        Assert.Equal(0.1, line.Learner.History.Batches[^1].LearningRate);
        Assert.Equal(0.9, line.Learner.History.Batches[^1].Momentum);
    }

    [Fact]
    public void Metrics_StandAmongCallbacks_AndAreRecordedByName()
    {
        using var error = new MeanAbsoluteError();
        using var line = new LineLearner([error], trainItems: 64, batchSize: 8);
        line.Learner.Fit(20);
        Assert.Equal(error.Value, line.Learner.History.Epochs[^1].Value("mean absolute error"));
        Assert.InRange(error.Value, 0, 0.2);
    }

    [Fact]
    public void Validate_ReturnsLossAndMetrics_AndLeavesTheHistoryAlone()
    {
        using var error = new MeanAbsoluteError();
        using var line = new LineLearner([error]);
        line.Learner.Fit(1);
        var found = line.Learner.Validate();
        Assert.Equal(line.Learner.History.Epochs[0].ValidationLoss, found.Loss, 1e-9);
        Assert.Equal(line.Learner.History.Epochs[0].Metrics, found.Metrics);
        Assert.Single(line.Learner.History.Epochs);
    }

    [Fact]
    public void Validate_InTheMiddleOfAnEpoch_LeavesTheTrainingAsItWas()
    {
        LineLearner? line = null;
        var found = new List<double>();
        // In the band of schedules it takes no part in the validation that it asks for.
        var log = new EventLog(
            (moment, run) =>
            {
                if (moment == "step" && run.BatchIndex == 0) found.Add(line!.Learner.Validate().Loss);
            },
            CallbackBand.Schedule);
        var asking = new LineLearner([log], model: Network);
        using (line = asking)
        using (var plain = new LineLearner(model: Network))
        {
            manual_seed(1);
            line.Learner.Fit(2);
            manual_seed(1);
            plain.Learner.Fit(2);
            Assert.Equal(2, found.Count);
            Assert.Equal(plain.Learner.History.Batches, line.Learner.History.Batches);
        }

        static Module<Tensor, Tensor> Network() => Sequential(Linear(1, 4), Dropout(0.5), Linear(4, 1));
    }

    [Fact]
    public void Validation_ChangesNoWeight()
    {
        using var line = new LineLearner(optimizer: Optimizers.Sgd(1e-3));
        var before = line.Slope;
        line.Learner.Validate();
        Assert.Equal(before, line.Slope);
    }

    [Fact]
    public void Predict_ComputesWithoutGradients_InEvaluation()
    {
        using var scope = NewDisposeScope();
        using var line = new LineLearner();
        line.Model.train();
        var output = line.Learner.Predict(ones(2, 1));
        Assert.False(output.requires_grad);
        Assert.False(line.Model.training);
        Assert.Equal([2, 1], output.shape);
    }

    [Fact]
    public void Predict_OverALoader_SeesEveryBatch()
    {
        using var line = new LineLearner(validationItems: 10);
        var sizes = new List<int>();
        line.Learner.Predict(line.Validation, (batch, output) =>
        {
            Assert.Equal(batch.Size, output.shape[0]);
            sizes.Add(batch.Size);
        });
        Assert.Equal([4, 4, 2], sizes);
    }

    [Fact]
    public void CallbackForOtherTypes_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => new LineLearner([new Wrong()]));
        Assert.Contains("Wrong is for (Tensor, String, Tensor)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MetricForOtherTypes_IsRefused()
    {
        using var metric = MeanOf.Items<string, Tensor>("length", (_, targets) => targets);
        var error = Assert.Throws<ArgumentException>(() => new LineLearner([metric]));
        Assert.Contains("length", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_NamesWhoTakesPartWhen()
    {
        using var line = new LineLearner([new DeepCourse.Training.Callbacks.EarlyStopping()]);
        var lines = line.Learner.Describe().Split('\n');
        Assert.Equal("EarlyStopping (Schedule), Recorder (Recording)", Of("AfterEpoch"));
        Assert.Equal("", Of("TransformLoss"));

        string Of(string moment) =>
            lines.Single(text => text.Split(' ')[0] == moment)[moment.Length..].Trim();
    }

    [Fact]
    public void EmptyValidation_IsLeftOut()
    {
        var log = new EventLog();
        using var line = new LineLearner([log], validationItems: 0);
        line.Learner.Fit(1);
        Assert.DoesNotContain("V(", log.Events);
        Assert.True(double.IsNaN(line.Learner.History.Epochs[0].ValidationLoss));
    }

    [Fact]
    public void SaveAndLoad_KeepTheWeights()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "line.safetensors");
        using var line = new LineLearner();
        line.Learner.Fit(1);
        line.Learner.Save(path);
        using var other = new LineLearner();
        other.Learner.Load(path);
        Assert.Equal(line.Slope, other.Slope);
    }

    private sealed class Wrong : Callback<Tensor, string, Tensor>;
}
