#if SYSTEM_STACK
using DeepCourse.Data;
using DeepCourse.Losses;
using DeepCourse.Metrics;
using DeepCourse.Native;
using DeepCourse.Optimization;
using DeepCourse.Tensors;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;

namespace DeepCourse.Tests.Training;

/// <summary>On a GPU the host runs ahead of the device, as long as nothing is read back: losses and metrics stay where they
/// are until a phase has ended.</summary>
public sealed class HostReadTests
{
    private const int Batches = 12;

    [Fact]
    public void ABatch_ReadsNothingBack() => Assert.All(ReadsPerBatch(Devices.Cpu), reads => Assert.Equal(0, reads));

    [SkippableFact]
    [Trait("Device", "Cuda")]
    public void ABatchOnTheGpu_ReadsNothingBack_ThoughGradientsAreClipped()
    {
        Skip.IfNot(cuda.is_available(), "no CUDA device");
        var reads = ReadsPerBatch(Devices.Best, GradientClipping.ByNorm(1));
        Assert.All(reads, count => Assert.Equal(0, count));
    }

    [Fact]
    public void WhatReadsBack_IsCounted()
    {
        using var scope = NewDisposeScope();
        var x = torch.arange(4, ScalarType.Float32);
        Assert.Equal(1, Count(() => x.sum().item<float>()));
        Assert.Equal(1, Count(() => x.data<float>().ToArray()));
        Assert.Equal(1, Count(() => x.Equals(x.clone())));
        Assert.Equal(1, Count(() => x.gt(1).nonzero()));
        Assert.Equal(1, Count(() => x.masked_select(x.gt(1))));
        Assert.Equal(1, Count(() => x.ReadNumbers()));
        Assert.Equal(0, Count(() => x.mul_(2).sum()));
        Assert.Equal(0, Count(() => _ = x.shape));
    }

    private static long Count(Action act)
    {
        var before = HostReads.OnThisThread;
        act();
        return HostReads.OnThisThread - before;
    }

    private static List<long> ReadsPerBatch(torch.Device device, params Callback[] callbacks)
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        Tensor inputs = randn(8 * Batches, 6, device: device), targets = randint(0, 3, [8 * Batches], int64, device: device);
        using var model = Sequential(Linear(6, 8), BatchNorm1d(8), ReLU(), Dropout(0.1), Linear(8, 3));
        model.to(device);
        var options = new LoaderOptions(8) { Sampler = Sampler.Shuffled, Device = device };
        var loader = new TensorLoader<Tensor, Tensor>(inputs, targets, 8 * Batches, options);
        using var accuracy = new Accuracy();
        var meter = new Meter();
        using var learner = Learner.Create(
            new Loaders<Tensor, Tensor>(loader, loader), model, Loss.CrossEntropy, Optimizers.AdamW(),
            [
                new MetricsRecorder(alsoTraining: true, accuracy), new ExponentialMovingAverage(), new StopOnNaN(1000),
                new MixUp(classes: 3), new Profiler(), meter, .. callbacks,
            ]);
        learner.FitOneCycle(2, 1e-3);
        Assert.Equal(2 * 2 * (Batches - 1), meter.Reads.Count);
        return meter.Reads;
    }

    /// <summary>Notes how many reads there were from each batch of a phase to the next.</summary>
    private sealed class Meter : Callback
    {
        private long _last;

        public List<long> Reads { get; } = [];

        public override CallbackBand Band => CallbackBand.Display;

        protected internal override void BeforeBatch(Run run)
        {
            var now = HostReads.OnThisThread;
            if (run.BatchIndex > 0) Reads.Add(now - _last);
            _last = now;
        }
    }
}
#endif
