using DeepCourse.Data;
using DeepCourse.Distributed;
using DeepCourse.Losses;
using DeepCourse.Metrics;
using DeepCourse.Optimization;
using DeepCourse.Tensors;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;
using DeepCourse.Training.Distributed;

namespace DeepCourse.Tests.Distributed;

/// <summary>What processes of a test do to train one model: 20 steps with batches of 16, of a small classifier.</summary>
internal static class TrainingTasks
{
    private const int Items = 64;
    private const int JointBatch = 16;
    private const int Epochs = 5;

    /// <summary>What the weights of the first process follow from.</summary>
    public const int FirstSeed = 11;

    /// <summary>Trains from beginning to end.</summary>
    public static void Train(ProcessGroup processes, string folder)
    {
        using var trained = Fit(processes, Path.Combine(folder, "whole.checkpoint"), []);
        trained.Save(folder, $"rank{processes.Rank}");
    }

    /// <summary>Takes a step after two batches.</summary>
    public static Callback Accumulation => new GradientAccumulation(2 * JointBatch);

    /// <summary>Trains with such steps; then also with parameters that some batches, or all, leave out.</summary>
    public static void TrainUnevenly(ProcessGroup processes, string folder)
    {
        using var trained = Fit(processes, Path.Combine(folder, "accumulated.checkpoint"), [Accumulation]);
        trained.Save(folder, $"accumulated{processes.Rank}");
        using var uneven = Fit(processes, Path.Combine(folder, "uneven.checkpoint"), [Accumulation], () => new Branches());
        uneven.Save(folder, $"uneven{processes.Rank}");
    }

    /// <summary>Validates after every third step too, with a single item that only the first process gets.</summary>
    public static void ValidateFew(ProcessGroup processes, string folder)
    {
        using var trained = Fit(processes, Path.Combine(folder, "few.checkpoint"), [MidwayValidation], validated: 1);
        trained.Save(folder, $"few{processes.Rank}");
    }

    /// <summary>Validates after every third step.</summary>
    public static Callback MidwayValidation => new ValidateAfterSteps(every: 3);

    /// <summary>One process fails in the third epoch.</summary>
    public static void FailMidway(ProcessGroup processes, string folder)
    {
        Callback[] more = processes.Rank == 1 ? [new FailAfter(steps: 10)] : [];
        using var trained = Fit(processes, Path.Combine(folder, "run.checkpoint"), more);
    }

    /// <summary>Goes on from where <see cref="FailMidway"/> left.</summary>
    public static void Continue(ProcessGroup processes, string folder)
    {
        using var trained = Fit(processes, Path.Combine(folder, "run.checkpoint"), [], resume: true);
        trained.Save(folder, $"continued{processes.Rank}");
    }

    /// <summary>One process wants to stop after seven batches.</summary>
    public static void StopTogether(ProcessGroup processes, string folder)
    {
        using var stop = new CancellationTokenSource();
        var told = 0;
        Callback[] more = processes.Rank == 1 ? [new CancelAfter(stop, steps: 7)] : [];
        using var trained = Fit(new DataParallel(processes, () => told++, stop: stop.Token), processes, Path.Combine(folder, "stopped.checkpoint"), more);

        Assert.Equal((Run.Cancelled, 1), (trained.Run.StopReason, told));
        Assert.Equal("8", Assert.Single(processes.Gather($"{trained.Learner.History.Batches.Count}").Distinct()));
        Assert.True(File.Exists(Path.Combine(folder, "stopped.checkpoint")));
    }

    /// <summary>Trains in the process of the test, or in one of several.</summary>
    public static Trained Fit(ProcessGroup? processes, string checkpoint, Callback[] more, Func<Module<Tensor, Tensor>>? model = null, bool resume = false, int validated = 21) =>
        Fit(processes is null ? null : new DataParallel(processes, bucketMegabytes: 0.0002), processes, checkpoint, more, model, resume, validated);

    private static Trained Fit(
        DataParallel? parallel, ProcessGroup? processes, string checkpoint, Callback[] more, Func<Module<Tensor, Tensor>>? model = null, bool resume = false, int validated = 21)
    {
        manual_seed(3);
        var (inputs, targets) = (randn(Items, 6), randint(0, 3, [Items], int64));
        var (otherInputs, otherTargets) = (randn(validated, 6), randint(0, 3, [validated], int64));
        // Processes must get the first one's weights by themselves.
        manual_seed(FirstSeed + (processes?.Rank ?? 0));
        var network = (model ?? (() => Sequential(Linear(6, 16), ReLU(), Linear(16, 3))))();
        var size = processes?.WorldSize ?? 1;
        var shard = processes is null ? Shard.Whole : new Shard(processes.Rank, size);
        var options = new LoaderOptions(JointBatch / size) { Seed = 4, Shard = shard, Sampler = Sampler.Shuffled };
        var data = new Loaders<Tensor, Tensor>(
            new TensorLoader<Tensor, Tensor>(inputs, targets, Items, options),
            new TensorLoader<Tensor, Tensor>(otherInputs, otherTargets, validated, options with { Sampler = Sampler.Sequential, Shard = new(shard.Rank, size, ShardRemainder.Spread) }));
        var learner = Learner.Create(
            data, network, Loss.CrossEntropy, Optimizers.Sgd(0.1, momentum: 0.9, weightDecay: 0.01),
            [new CheckpointEvery(checkpoint, batches: 3), new Accuracy(), .. parallel is null ? [] : new Callback[] { parallel }, .. more]);
        if (resume) learner.Resume(checkpoint);
        return new Trained(learner, network, learner.FitOneCycle(Epochs, 0.1));
    }

    internal sealed record Trained(Learner Learner, Module<Tensor, Tensor> Model, Run Run) : IDisposable
    {
        public void Save(string folder, string name)
        {
            Weights.Save(Model, Path.Combine(folder, name + ".safetensors"));
            File.WriteAllLines(Path.Combine(folder, name + ".csv"), Numbers());
        }

        /// <summary>Losses of all batches, losses and accuracies of all epochs.</summary>
        public IEnumerable<string> Numbers() => Learner.History.Batches.Select(row => row.Loss)
            .Concat(Learner.History.Epochs.SelectMany(row => new[] { row.TrainingLoss, row.ValidationLoss, row.Metrics[0].Value }))
            .Select(number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture));

        public void Dispose()
        {
            Learner.Dispose();
            Model.Dispose();
        }
    }

    /// <summary>Two ways through, of which each batch takes one by the sign of its sum, and a layer that is never used.</summary>
    internal sealed class Branches : Module<Tensor, Tensor>
    {
        private readonly Linear stem = Linear(6, 8);
        private readonly Linear left = Linear(8, 3);
        private readonly Linear right = Linear(8, 3);
        private readonly Linear idle = Linear(8, 3);

        public Branches() : base(nameof(Branches)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            var features = functional.relu(stem.call(input));
            return input[0, 0].item<float>() > 0 ? left.call(features) : right.call(features).add(left.call(features));
        }
    }

    private sealed class FailAfter(int steps) : Callback
    {
        private int _left = steps;

        protected internal override void AfterStep(Run run)
        {
            if (--_left == 0) throw new InvalidOperationException("the power went");
        }
    }

    private sealed class ValidateAfterSteps(int every) : Callback
    {
        private int _steps;

        protected internal override void AfterStep(Run run)
        {
            if (++_steps % every == 0) run.Learner.Validate();
        }
    }

    private sealed class CancelAfter(CancellationTokenSource stop, int steps) : Callback
    {
        private int _left = steps;

        protected internal override void AfterStep(Run run)
        {
            if (--_left == 0) stop.Cancel();
        }
    }
}
