using DeepCourse.Data;
using DeepCourse.Losses;
using DeepCourse.Metrics;
using DeepCourse.Optimization;
using DeepCourse.Tensors;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;

namespace DeepCourse.Tests.Training;

[Trait("Device", "Cuda")]
public sealed class CudaTrainingTests
{
    private const string Reason = "no CUDA device";

    private static bool HasAutocast =>
#if SYSTEM_STACK
        true;
#else
        false;
#endif

    [SkippableFact]
    public void Training_OnTheGpu_IsThatOnTheCpu()
    {
        Skip.IfNot(cuda.is_available(), Reason);
        var (expected, actual) = (Train(Devices.Cpu), Train(Devices.Best));
        Assert.Equal(expected.Losses, actual.Losses, (a, b) => Math.Abs(a - b) < 1e-3 * Math.Max(1, Math.Abs(a)));
        Assert.Equal(expected.Epochs[^1].Value("accuracy"), actual.Epochs[^1].Value("accuracy"), 0.05);
    }

    [SkippableTheory]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    public void MixedPrecision_OnTheGpu_StaysFiniteAndLearns(ScalarType type)
    {
        Skip.IfNot(cuda.is_available(), Reason);
        Skip.IfNot(HasAutocast, "mixed precision needs DeepCourse's own binding (-p:Stack=system)");
        var history = Train(Devices.Best, new MixedPrecision(type));
        Assert.All(history.Losses, loss => Assert.True(double.IsFinite(loss)));
        Assert.True(history.Losses[^1] < 0.5 * history.Losses[0], $"{history.Losses[0]} -> {history.Losses[^1]}");
    }

    [SkippableFact]
    public void Resume_OnTheGpu_RepeatsTheDropout()
    {
        Skip.IfNot(cuda.is_available(), Reason);
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "run.checkpoint");
        var expected = Train(Devices.Best, 0.5, null, new CheckpointEvery(path + ".other", batches: 5));
        Assert.Throws<OperationCanceledException>(
            () => Train(Devices.Best, 0.5, null, new CheckpointEvery(path, batches: 5), new EndAt(13)));
        var actual = Train(Devices.Best, 0.5, path, new CheckpointEvery(path, batches: 5));
        Assert.Equal(expected.Losses, actual.Losses, (a, b) => Math.Abs(a - b) < 1e-5);
    }

    private static History Train(torch.Device device, params Callback[] callbacks) => Train(device, 0, null, callbacks);

    private static History Train(torch.Device device, double dropout, string? resume, params Callback[] callbacks)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var model = Sequential(Linear(8, 32), ReLU(), Dropout(dropout), Linear(32, 4));
        var inputs = randn(256, 8);
        var targets = inputs.narrow(1, 0, 4).argmax(1);
        model.to(device);
        var options = new LoaderOptions(32) { Sampler = Sampler.Shuffled, Device = device };
        var loader = new TensorLoader<Tensor, Tensor>(inputs.to(device), targets.to(device), 256, options);
        using var accuracy = new Accuracy();
        using var learner = Learner.Create(
            new Loaders<Tensor, Tensor>(loader, loader), model, Loss.CrossEntropy, Optimizers.AdamW(),
            [accuracy, .. callbacks]);
        if (resume is not null) learner.Resume(resume);
        learner.FitOneCycle(4, 1e-2);
        return learner.History;
    }

    private sealed class EndAt(int batch) : Callback
    {
        private int _batches;

        protected internal override void AfterStep(Run run)
        {
            if (++_batches == batch) throw new OperationCanceledException("killed");
        }
    }
}
