using DeepCourse.Native;

namespace DeepCourse.Torch.Tests.Extras;

public class HostMemoryTests
{
    // A size that no other test asks for, so that nobody else takes the block in between.
    private const long Count = 3_333_333;
    private const long Bytes = 4 * Count;

    [Fact]
    public void WhatATensorHoldsIsCounted()
    {
        var before = HostMemory.Statistics;
        using var tensor = zeros(Count);
        var now = HostMemory.Statistics;
        Assert.True(now.Allocations > before.Allocations);
        Assert.True(now.PeakInUse >= Bytes, $"peak {now.PeakInUse}");
        Assert.True(now.InUse >= Bytes, $"in use {now.InUse}");
    }

    [Fact]
    public void TheNextTensorOfThatSizeGetsTheSameMemory()
    {
        var first = zeros(Count);
        var place = Place(first);
        first.Dispose();
        Assert.True(HostMemory.Statistics.Kept >= Bytes);
        using var second = ones(Count);
        Assert.Equal(place, Place(second));
        Assert.Equal(Count, second.sum().item<float>());
    }

    [Fact]
    public void EmptyCacheGivesBackWhatNoTensorUses()
    {
        zeros(Count).Dispose();
        var kept = HostMemory.Statistics.Kept;
        using var still = full([1000], 7f);
        HostMemory.EmptyCache();
        Assert.True(HostMemory.Statistics.Kept < kept);
        Assert.Equal(7000, still.sum().item<float>());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16_368)] // with what stands in front of it the last size that isn't kept, and the first that is
    [InlineData(16_369)]
    [InlineData(524_272)] // the same for large pages
    [InlineData(524_273)]
    public void TensorsOfAnySizeBeginAtMultiplesOf64BytesAndHoldTheirNumbers(long count)
    {
        for (var round = 0; round < 3; round++)
        {
            using var tensor = arange(count, float32);
            Assert.Equal(0, Place(tensor) % 64);
            Assert.Equal(count - 1, tensor[^1].item<float>());
        }
    }

    [Fact]
    public void SizesThatDoNotFitAreRefused()
    {
        var fault = Assert.ThrowsAny<Exception>(() => empty(1L << 58));
        Assert.Contains("allocate", fault.Message, StringComparison.Ordinal);
    }

    private static unsafe long Place(Tensor tensor)
    {
        fixed (byte* first = tensor.bytes) return (long)first;
    }
}
