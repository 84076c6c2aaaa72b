using DeepCourse.Data;
using DeepCourse.Losses;
using DeepCourse.Metrics;
using DeepCourse.Optimization;
using DeepCourse.Tensors;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;

namespace DeepCourse.Tests.Training.Callbacks;

public sealed class MixingTests
{
    [Fact]
    public void MixUp_MixesInputsAndTargetsInTheSameShares()
    {
        // Item i is filled with the number i and has class i: the mean of the soft target's classes is the mixed input.
        var batch = Seen(new MixUp(classes: 8, seed: 3));
        using var scope = NewDisposeScope();
        var expected = batch.Targets.matmul(arange(8).to(ScalarType.Float32));
        Assert.Equal(expected.ReadFloats(), batch.Inputs.mean([1, 2, 3]).ReadFloats(),
            (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.All(batch.Targets.sum(1).ReadFloats(), sum => Assert.Equal(1, sum, 1e-5));
        Assert.All(Enumerable.Range(0, 8), i => Assert.True(batch.Targets[i, i].item<float>() >= 0.5f));
        Assert.Contains(batch.Targets.max(1).values.ReadFloats(), share => share < 0.999f);
    }

    [Fact]
    public void CutMix_TargetsHaveTheSharesOfTheAreas()
    {
        using var scope = NewDisposeScope();
        var batch = Seen(new CutMix(classes: 8, seed: 1));
        var expected = batch.Targets.matmul(arange(8).to(ScalarType.Float32));
        Assert.Equal(expected.ReadFloats(), batch.Inputs.mean([1, 2, 3]).ReadFloats(),
            (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.Contains(batch.Targets.max(1).values.ReadFloats(), share => share < 0.999f);
        Assert.All(batch.Inputs.ReadFloats(), value => Assert.Equal(Math.Round(value), value, 1e-6));
    }

    [Fact]
    public void Mixing_RepeatsItself_AndLeavesValidationAlone()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(Seen(new MixUp(8, seed: 3)).Inputs.ReadFloats(), Seen(new MixUp(8, seed: 3)).Inputs.ReadFloats());
        Assert.NotEqual(Seen(new MixUp(8, seed: 4)).Inputs.ReadFloats(),
            Seen(new MixUp(8, seed: 3)).Inputs.ReadFloats());
        Assert.Equal(1, Seen(new MixUp(8), Phase.Validate).Targets.dim());
        Assert.Equal(1, Seen(new CutMix(8), Phase.Validate).Targets.dim());
    }

    [Fact]
    public void Training_WithMixedTargets_Learns()
    {
        manual_seed(1);
        using var accuracy = new Accuracy();
        using var model = Linear(8, 8);
        using var inputs = eye(8);
        using var targets = arange(8);
        var loader = new TensorLoader<Tensor, Tensor>(inputs, targets, 8, new LoaderOptions(8));
        using var learner = Learner.Create(new Loaders<Tensor, Tensor>(loader, loader), model, Loss.CrossEntropy,
            Optimizers.AdamW(0.1), [new MixUp(8), accuracy]);
        learner.Fit(30);
        Assert.Equal(1, accuracy.Value);
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(1)]
    [InlineData(4)]
    public void Beta_HasItsMeanAndVariance(double alpha)
    {
        var random = new Random(1);
        var draws = Enumerable.Range(0, 20000).Select(_ => BetaDistribution.Draw(random, alpha)).ToArray();
        Assert.Equal(0.5, draws.Average(), 0.01);
        Assert.Equal(1 / (4 * (2 * alpha + 1)), draws.Average(x => (x - 0.5) * (x - 0.5)), 0.005);
    }

    private static Batch<Tensor, Tensor> Seen(Callback<Tensor, Tensor, Tensor> mixing, Phase phase = Phase.Train)
    {
        Batch<Tensor, Tensor>? seen = null;
        using var model = Sequential(Flatten(), Linear(3 * 4 * 4, 8));
        var data = new Loaders<Tensor, Tensor>(new Numbered(), new Numbered());
        using var learner = Learner.Create(data, model, Loss.CrossEntropy, Optimizers.Sgd(0.1),
            [mixing, new Spy(phase, batch => seen = batch)]);
        learner.Fit(1);
        return seen!;
    }

    private sealed class Spy(Phase phase, Action<Batch<Tensor, Tensor>> see) : Callback<Tensor, Tensor, Tensor>
    {
        protected internal override void TransformBatch(Run run, ref Batch<Tensor, Tensor> batch)
        {
            if (run.Phase == phase) see(new(batch.Inputs.clone().DetachFromDisposeScope(),
                batch.Targets.clone().DetachFromDisposeScope(), batch.Size));
        }
    }

    private sealed class Numbered : ILoader<Tensor, Tensor>
    {
        public int Count => 1;

        public int ItemCount => 8;

        public IEnumerable<Batch<Tensor, Tensor>> Batches(
            int epoch, int firstBatch = 0, CancellationToken cancellation = default)
        {
            var classes = arange(8);
            yield return new(classes.to(ScalarType.Float32).view(8, 1, 1, 1) * ones(8, 3, 4, 4), classes, 8);
        }
    }
}
