using DeepCourse.Data;

namespace DeepCourse.Tests.Data;

public class SamplerTests
{
    private static readonly int[] Lengths = [.. Enumerable.Range(0, 103).Select(index => index * 37 % 101 + 1)];

    [Fact]
    public void Shuffled_IsAPermutationThatFollowsFromTheSeed()
    {
        var order = Sampler.Shuffled.Order(50, 4, new Random(1));

        Assert.Equal(Enumerable.Range(0, 50), order.Order());
        Assert.NotEqual(Enumerable.Range(0, 50), order);
        Assert.Equal(order, Sampler.Shuffled.Order(50, 4, new Random(1)));
    }

    [Fact]
    public void Weighted_DrawsInProportionAndNeverWeightZero()
    {
        var sampler = Sampler.Weighted([0, 1, 3, 0], count: 40_000);

        var order = sampler.Order(4, 4, new Random(1));

        Assert.Equal(40_000, sampler.CountOf(4));
        Assert.DoesNotContain(0, order);
        Assert.DoesNotContain(3, order);
        // Standard deviation of the fraction is 0.0022; five of them.
        Assert.InRange(order.Count(index => index == 2) / 40_000.0, 0.739, 0.761);
    }

    [Theory]
    [InlineData(new[] { 1.0, -1 })]
    [InlineData(new[] { 1.0, double.NaN })]
    [InlineData(new[] { 0.0, 0 })]
    [InlineData(new double[0])]
    public void Weighted_BadWeights_AreRefused(double[] weights) =>
        Assert.ThrowsAny<ArgumentException>(() => Sampler.Weighted(weights));

    [Fact]
    public void Weighted_OneWeightTooFew_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Sampler.Weighted([1, 1]).Order(3, 1, new Random(1)));

    [Fact]
    public void ByLength_LongestFirst()
    {
        var order = Sampler.ByLength([3, 9, 3, 5]).Order(4, 2, new Random(1));

        Assert.Equal([1, 3, 0, 2], order);
    }

    [Fact]
    public void RoughlyByLength_VisitsEachOnceInBatchesOfLikeLengthWithTheLongestFirst()
    {
        var order = Sampler.RoughlyByLength(Lengths).Order(Lengths.Length, 4, new Random(1));

        Assert.Equal(Enumerable.Range(0, Lengths.Length), order.Order());
        Assert.Equal(Lengths.Max(), Lengths[order[0]]);
        var spread = order.Chunk(4).Average(batch => batch.Max(index => Lengths[index]) - batch.Min(index => Lengths[index]));
        Assert.True(spread < 10, $"the lengths in a batch differ by {spread} on average");
    }

    [Fact]
    public void RoughlyByLength_EpochsDiffer() => Assert.NotEqual(
        Sampler.RoughlyByLength(Lengths).Order(Lengths.Length, 4, new Random(1)),
        Sampler.RoughlyByLength(Lengths).Order(Lengths.Length, 4, new Random(2)));
}
