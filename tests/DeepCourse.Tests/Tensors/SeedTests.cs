using DeepCourse.Tensors;

namespace DeepCourse.Tests.Tensors;

public sealed class SeedTests
{
    [Fact]
    public void Everything_RepeatsTorchAndRandom()
    {
        using var scope = NewDisposeScope();
        var random = Seed.Everything(3);
        var (first, second) = (randn(4).ReadFloats(), random.Next());
        random = Seed.Everything(3);
        Assert.Equal(first, randn(4).ReadFloats());
        Assert.Equal(second, random.Next());
    }

    [Fact]
    public void Derive_GivesUnrelatedSeedsForNeighbours()
    {
        var seeds = from seed in Enumerable.Range(0, 10)
                    from epoch in Enumerable.Range(0, 10)
                    from item in Enumerable.Range(0, 10)
                    select Seed.Derive(seed, epoch, item);
        Assert.Equal(1000, seeds.Distinct().Count());
        Assert.All(seeds, seed => Assert.True(seed >= 0));
    }

    [Fact]
    public void Derive_DependsOnTheOrder() => Assert.NotEqual(Seed.Derive(1, 2, 3), Seed.Derive(1, 3, 2));

    [Fact]
    public void Derive_StaysAsItIs_SoThatOldRunsCanBeRepeated() => Assert.Equal(534556731, Seed.Derive(42, 1, 2, 3));
}
