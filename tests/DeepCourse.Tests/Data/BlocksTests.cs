using DeepCourse.Data;

namespace DeepCourse.Tests.Data;

public class BlocksTests
{
    private static readonly Vocabulary Animals = new(["cat", "dog", "cow"]);

    [Fact]
    public void CategoryBlock_PassesTheHarness() => BlockTests.Check(new CategoryBlock(Animals), ["dog", "cat", "cow"]);

    [Fact]
    public void CategoryBlock_UnknownNameWithAPlaceForIt_DecodesToThatPlace()
    {
        using var scope = torch.NewDisposeScope();
        var block = new CategoryBlock(Vocabulary.Of(["cat"], unknown: "(other)"));

        var batch = block.Collate([block.Encode("bird", new Random(1))]);

        Assert.Equal(ScalarType.Int64, batch.dtype);
        Assert.Equal("(other)", block.Decode(batch, 0));
    }

    [Fact]
    public void MultiCategoryBlock_PassesTheHarness() => BlockTests.Check(
        new MultiCategoryBlock(Animals), new IReadOnlyList<string>[] { ["cat", "cow"], [], ["dog"] });

    [Fact]
    public void NumberBlock_PassesTheHarness() => BlockTests.Check(new NumberBlock(), [1.5f, -2, 0]);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void NumberBlock_NotFinite_IsRefused(float number) =>
        Assert.Throws<ArgumentException>(() => new NumberBlock().Encode(number, new Random(1)));

    [Fact]
    public void NumbersBlock_PassesTheHarness() =>
        BlockTests.Check(new NumbersBlock(2), new float[][] { [1, 2], [3, 4], [-1, 0] });

    [Fact]
    public void NumbersBlock_WrongCountOrNaN_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new NumbersBlock(2).Encode([1], new Random(1)));
        Assert.Throws<ArgumentException>(() => new NumbersBlock(2).Encode([1, float.NaN], new Random(1)));
    }

    [Fact]
    public void PairBlock_MakesRecordsOfTensors()
    {
        var block = Block.Pair(
            new CategoryBlock(Animals),
            new NumberBlock(),
            new Parts<Animal, string, float>(animal => animal.Kind, animal => animal.Weight, (kind, weight) => new(kind, weight)),
            new Parts<AnimalBatch, Tensor, Tensor>(
                batch => batch.Kinds, batch => batch.Weights, (kinds, weights) => new(kinds, weights)));

        BlockTests.Check(
            block, [new("dog", 20), new("cow", 500), new("cat", 4)], tensorsOf: batch => [batch.Kinds, batch.Weights]);
    }

    private sealed record Animal(string Kind, float Weight);

    private sealed record AnimalBatch(Tensor Kinds, Tensor Weights);
}
