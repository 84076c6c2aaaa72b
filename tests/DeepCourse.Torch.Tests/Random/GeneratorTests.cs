using DeepCourse.Torch.Tests.Optim;

namespace DeepCourse.Torch.Tests.Random;

public class GeneratorTests
{
    [Fact]
    public void ASeedGivesPyTorchsNumbers()
    {
        using var scope = NewDisposeScope();
        var expected = OptimizerReference.Root.GetProperty("random");
        manual_seed(expected.GetProperty("seed").GetInt64());
        Assert.Equal(OptimizerReference.Numbers(expected.GetProperty("uniform")), Values(rand(8)));
        var normal = OptimizerReference.Numbers(expected.GetProperty("normal"));
        Assert.All(normal.Zip(Values(randn(20))), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.Equal(OptimizerReference.Numbers(expected.GetProperty("integers")), Values(randint(1000, [8])));
        Assert.Equal(OptimizerReference.Numbers(expected.GetProperty("permutation")), Values(randperm(12)));
    }

    [Fact]
    public void AStateBringsTheNumbersBack()
    {
        using var scope = NewDisposeScope();
        manual_seed(7);
        rand(3);
        var state = get_rng_state();
        var first = rand(5);
        set_rng_state(state);
        Assert.True(first.Equals(rand(5)));
        Assert.Equal(7, initial_seed());
    }

    [Fact]
    public void AGeneratorOfItsOwnLeavesTheDefaultOneAlone()
    {
        using var scope = NewDisposeScope();
        using var own = new torch.Generator(3);
        using var same = new torch.Generator(0);
        same.manual_seed(3);
        manual_seed(1);
        var before = get_rng_state();
        var first = rand(4, generator: own);
        Assert.True(first.Equals(rand(4, generator: same)));
        Assert.True(before.Equals(get_rng_state()));
        own.set_state(same.get_state());
        Assert.Equal(3, own.initial_seed());
    }

    [Fact]
    public void SeedsDrawnFromTheSystemDiffer()
    {
        using var generator = new torch.Generator();
        Assert.NotEqual(generator.seed(), generator.seed());
    }

    [Fact]
    public void ADisposedGeneratorSaysSo()
    {
        var generator = new torch.Generator();
        generator.Dispose();
        Assert.Throws<ObjectDisposedException>(() => generator.get_state());
    }

    private static double[] Values(Tensor tensor) => tensor.to(float64).data<double>().ToArray();
}
