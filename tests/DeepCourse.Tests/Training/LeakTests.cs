using DeepCourse.Metrics;
using DeepCourse.Optimization;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;

namespace DeepCourse.Tests.Training;

public sealed class LeakTests
{
    [Fact]
    public void LiveTensors_AreAsManyAfterSixtyStepsAsAfterTen()
    {
        using var error = new MeanAbsoluteError();
        var counter = new Counter();
        using var average = new LineLearner(
            [error, new StopOnNaN(4), GradientClipping.ByNorm(1), new ExponentialMovingAverage(), counter],
            Optimizers.AdamW(), trainItems: 256);
        average.Learner.FitOneCycle(1, 1e-3);
        Assert.Equal(64, counter.Live.Count);
        Assert.Equal(counter.Live[9], counter.Live[59]);
    }

    [Fact]
    public void FitAndDispose_LeaveNothing()
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var line = new LineLearner([new StopOnNaN(), new ExponentialMovingAverage()], Optimizers.AdamW()))
        {
            line.Learner.Fit(2);
            line.Learner.FindLearningRate(steps: 10);
            line.Learner.Validate();
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private sealed class Counter : Callback
    {
        public List<long> Live { get; } = [];

        public override CallbackBand Band => CallbackBand.Display;

        protected internal override void BeforeBatch(Run run)
        {
            if (run.Phase == Phase.Train) Live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }
    }
}
