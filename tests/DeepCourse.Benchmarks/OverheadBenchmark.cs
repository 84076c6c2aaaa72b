using System.Diagnostics;
using DeepCourse.Data;
using DeepCourse.Losses;
using DeepCourse.Optimization;
using DeepCourse.Training;
using DeepCourse.Vision.Backbones;

namespace DeepCourse.Benchmarks;

/// <summary>What the Learner adds to a training step: an epoch of it beside the same loop written out by hand, which
/// records nothing and asks nobody.</summary>
internal static class OverheadBenchmark
{
    internal const string Peer = "bare loop";

    internal static IEnumerable<Comparison> Run(int pairs)
    {
        // One thread: the loops differ in managed code only, and a busy machine disturbs a team of threads most.
        set_num_threads(1);
        yield return Of("mlp", "Learner, MLP of 21 layers, 1 thread", () => TrainingStep.MlpLayers(), [64], batches: 100, batchSize: 32, pairs);
        yield return Of("resnet18", "Learner, ResNet-18, 4 x 64 px, 1 thread", () => new Resnet(18, classes: 10), [3, 64, 64], batches: 6, batchSize: 4, pairs);
    }

    private static Comparison Of(
        string name, string what, Func<Module<Tensor, Tensor>> make, long[] shape, int batches, int batchSize, int pairs)
    {
        var count = batches * batchSize;
        using var inputs = randn([count, .. shape]);
        using var targets = randint(0, 10, [count], int64);
        var options = new LoaderOptions(batchSize);
        var loader = new TensorLoader<Tensor, Tensor>(inputs, targets, count, options);
        var nothing = new TensorLoader<Tensor, Tensor>(inputs, targets, 0, options);

        var clock = new StepClock(batches);
        manual_seed(0);
        using var ourModel = make();
        using var learner = Learner.Create(
            new Loaders<Tensor, Tensor>(loader, nothing), ourModel, Loss.CrossEntropy, Optimizers.AdamW(), [clock]);
        manual_seed(0);
        using var theirModel = make();
        using var optimizer = optim.AdamW(theirModel.parameters(), lr: 1e-4, weight_decay: 1e-2);

        var comparison = new Comparison($"overhead_{name}", "us a step") { What = what, Bar = 1.05 };
        // Both ways once, so that tiered compilation settles before anything counts.
        for (var warm = 0; warm < 3; warm++) _ = (Ours(), Theirs());
        return comparison.Measure(pairs, Ours, Theirs);

        double Ours()
        {
            clock.Restart();
            learner.Fit(1, rates: 1e-4);
            return clock.Median();
        }

        double Theirs()
        {
            clock.Restart();
            theirModel.train();
            using var all = loader.Batches(epoch: 0).GetEnumerator();
            while (true)
            {
                using var scope = NewDisposeScope();
                if (!all.MoveNext()) break;
                clock.Tick();
                optimizer.zero_grad();
                functional.cross_entropy(theirModel.call(all.Current.Inputs), all.Current.Targets).backward();
                optimizer.step();
            }
            return clock.Median();
        }
    }

    /// <summary>Notes when each batch begins: the median step bears a busy machine better than the sum.</summary>
    private sealed class StepClock(int batches) : Callback
    {
        private readonly List<long> _begins = new(batches);

        public override CallbackBand Band => CallbackBand.Display;

        public void Restart() => _begins.Clear();

        public void Tick() => _begins.Add(Stopwatch.GetTimestamp());

        public double Median() => Comparison.Median(
            _begins.Zip(_begins.Skip(1), (from, to) => Stopwatch.GetElapsedTime(from, to).TotalMicroseconds));

        protected override void BeforeBatch(Run run) => Tick();
    }
}
