using DeepCourse.Tensors;
using DeepCourse.Text.Losses;

namespace DeepCourse.Tests.Text.Losses;

public sealed class ChunkedCrossEntropyTests
{
    [Theory]
    [InlineData(50, 7, 301, 16L)]
    [InlineData(50, 7, 301, 50L)]
    [InlineData(1, 3, 5, 16L)]
    [InlineData(33, 5, 2, null)]
    public void LossAndGradients_AreThoseOfTheNaiveWay(int rows, int features, int classes, long? chunk)
    {
        using var scope = NewDisposeScope();
        var (ours, theirs) = (new Problem(rows, features, classes), new Problem(rows, features, classes));
        var actual = ours.Chunked(chunk);
        var expected = theirs.Naive();
        actual.backward();
        expected.backward();
        Assert.Equal(expected.ReadNumber(), actual.ReadNumber(), 1e-5);
        foreach (var (left, right) in ours.Leaves.Zip(theirs.Leaves))
            Assert.True(left.grad!.allclose(right.grad!, 1e-5, 1e-6), $"{(left.grad! - right.grad!).abs().max().ReadNumber()}");
    }

    [Fact]
    public void AScaledLossUsedTwice_HasTheSumOfItsGradients()
    {
        using var scope = NewDisposeScope();
        var (ours, theirs) = (new Problem(20, 4, 30), new Problem(20, 4, 30));
        foreach (var (problem, loss) in ((Problem, Tensor)[])[(ours, ours.Chunked(16)), (theirs, theirs.Naive())])
        {
            // As a scaled loss and in a second sum, and twice through the same graph.
            var sum = loss * 1024 + loss.pow(2) + problem.Leaves[0].sum();
            sum.backward(retain_graph: true);
            sum.backward();
        }
        foreach (var (left, right) in ours.Leaves.Zip(theirs.Leaves))
            Assert.True(left.grad!.allclose(right.grad!, 1e-5, 1e-3));
    }

    [Fact]
    public void Gradients_AreSlopes()
    {
        using var scope = NewDisposeScope();
        var problem = new Problem(6, 3, 7, ScalarType.Float64);
        var (input, weight, bias, targets) = (problem.Leaves[0], problem.Leaves[1], problem.Leaves[2], problem.Targets);
        GradientCheck.Of(x => ChunkedCrossEntropy.Of(x, weight, bias, targets, 4), input);
        GradientCheck.Of(x => ChunkedCrossEntropy.Of(input, x, bias, targets, 4), weight);
        GradientCheck.Of(x => ChunkedCrossEntropy.Of(input, weight, x, targets, 4), bias);
    }

    [Fact]
    public void FrozenWeights_GetNoGradient()
    {
        using var scope = NewDisposeScope();
        var (ours, theirs) = (new Problem(20, 4, 30), new Problem(20, 4, 30));
        ours.Leaves[1].requires_grad = ours.Leaves[2].requires_grad = false;
        ours.Chunked(16).backward();
        theirs.Naive().backward();
        Assert.True(ours.Leaves[0].grad!.allclose(theirs.Leaves[0].grad!, 1e-5, 1e-6));
        Assert.Null(ours.Leaves[1].grad);
    }

    [Fact]
    public void WithoutGradients_TheLossIsTheSame()
    {
        using var scope = NewDisposeScope();
        var problem = new Problem(20, 4, 30);
        var expected = problem.Chunked(16);
        Assert.True(expected.requires_grad);
        using var frozen = no_grad();
        var actual = problem.Chunked(7);
        Assert.False(actual.requires_grad);
        Assert.Equal(expected.ReadNumber(), actual.ReadNumber(), 1e-6);
    }

#if SYSTEM_STACK
    [Theory]
    [InlineData(null)]
    [InlineData(32L)]
    public void InNarrowRegions_LossAndGradientsStayNear(long? chunk)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(4);
        var targets = randint(0, 700, 90, dtype: ScalarType.Int64);
        Tensor[] wide = [randn(90, 40).requires_grad_(true), randn(700, 40).mul(0.3).requires_grad_(true), randn(700).requires_grad_(true)];
        Tensor[] narrow = [.. wide.Select(tensor => tensor.detach().clone().requires_grad_(true))];
        var expected = ChunkedCrossEntropy.Of(wide[0], wide[1], wide[2], targets, chunk);
        expected.backward();
        Tensor actual;
        using (new DeepCourse.Native.Autocast(DeviceType.CPU)) actual = ChunkedCrossEntropy.Of(narrow[0], narrow[1], narrow[2], targets, chunk);
        actual.backward();
        Assert.Equal(ScalarType.Float32, actual.dtype);
        Assert.Equal(expected.item<float>(), actual.item<float>(), 0.02);
        foreach (var (ours, theirs) in narrow.Zip(wide))
            Assert.InRange((ours.grad! - theirs.grad!).norm().item<float>() / theirs.grad!.norm().item<float>(), 1e-6, 0.02);
    }

    [Theory]
    [InlineData(ScalarType.BFloat16, false)]
    [InlineData(ScalarType.BFloat16, true)]
    [InlineData(ScalarType.Float16, false)]
    public void OfNarrowInputs_LossAndGradientsOfWeightsAreWide(ScalarType type, bool inRegion)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(4);
        var targets = randint(0, 50, 30, dtype: ScalarType.Int64);
        var input = randn(30, 12).to(type).requires_grad_(true);
        Tensor[] weights = [randn(50, 12).requires_grad_(true), randn(50).requires_grad_(true)];
        var expected = functional.cross_entropy(functional.linear(input.detach().to(ScalarType.Float32), weights[0].detach(), weights[1].detach()), targets);
        Tensor actual;
        using (inRegion ? new DeepCourse.Native.Autocast(DeviceType.CPU) : null) actual = ChunkedCrossEntropy.Of(input, weights[0], weights[1], targets, 8);
        actual.backward();
        Assert.Equal(ScalarType.Float32, actual.dtype);
        Assert.Equal(expected.item<float>(), actual.item<float>(), inRegion ? 0.05 : 1e-4);
        Assert.Equal(type, input.grad!.dtype);
        Assert.Equal(ScalarType.Float32, weights[0].grad!.dtype);
    }
#endif

    [Fact]
    public void LargeLogits_StayFinite()
    {
        using var scope = NewDisposeScope();
        var problem = new Problem(8, 4, 9);
        using (no_grad()) problem.Leaves[1].mul_(1000);
        var loss = problem.Chunked(4);
        loss.backward();
        Assert.True(double.IsFinite(loss.ReadNumber()));
        Assert.True(problem.Leaves.All(leaf => leaf.grad!.isfinite().all().item<bool>()));
    }

    private sealed class Problem
    {
        public Problem(int rows, int features, int classes, ScalarType type = ScalarType.Float32)
        {
            manual_seed(rows);
            Leaves = [.. ((long[][])[[rows, features], [classes, features], [classes]])
                .Select(shape => randn(shape, type).requires_grad_())];
            Targets = randint(0, classes, rows, int64);
        }

        public Tensor[] Leaves { get; }

        public Tensor Targets { get; }

        public Tensor Chunked(long? chunk) => ChunkedCrossEntropy.Of(Leaves[0], Leaves[1], Leaves[2], Targets, chunk);

        public Tensor Naive() => functional.cross_entropy(functional.linear(Leaves[0], Leaves[1], Leaves[2]), Targets);
    }
}
