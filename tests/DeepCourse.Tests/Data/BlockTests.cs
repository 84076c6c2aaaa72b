using DeepCourse.Data;

namespace DeepCourse.Tests.Data;

/// <summary>What every block must do, whatever it describes: the three tests that a new block gets for free.</summary>
internal static class BlockTests
{
    private const int Items = 3;

    /// <summary>Checks round trip, collating and mock values of a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="raw">Raw values, different from each other.</param>
    /// <param name="assertClose">Asserts that a decoded value is the raw one, as far as the encoding keeps it.</param>
    /// <param name="tensorsOf">The tensors of a batch; by default the batch is one tensor.</param>
    public static void Check<TRaw, TEncoded, TBatch>(
        IBlock<TRaw, TEncoded, TBatch> block,
        IReadOnlyList<TRaw> raw,
        Action<TRaw, TRaw>? assertClose = null,
        Func<TBatch, IReadOnlyList<Tensor>>? tensorsOf = null)
    {
        using var scope = torch.NewDisposeScope();
        tensorsOf ??= batch => [(Tensor)(object)batch!];
        RoundTrip(block, raw, assertClose ?? ((expected, actual) => Assert.Equal(expected, actual)));
        Collates(block, raw, tensorsOf);
        MockIsLikeEncoded(block, raw[0], tensorsOf);
    }

    private static void RoundTrip<TRaw, TEncoded, TBatch>(
        IBlock<TRaw, TEncoded, TBatch> block, IReadOnlyList<TRaw> raw, Action<TRaw, TRaw> assertClose)
    {
        var batch = block.Collate([.. raw.Select(value => block.Encode(value, new Random(1)))]);
        for (var index = 0; index < raw.Count; index++) assertClose(raw[index], block.Decode(batch, index));
    }

    private static void Collates<TRaw, TEncoded, TBatch>(
        IBlock<TRaw, TEncoded, TBatch> block, IReadOnlyList<TRaw> raw, Func<TBatch, IReadOnlyList<Tensor>> tensorsOf)
    {
        foreach (var count in new[] { 1, Items })
        {
            var items = Enumerable.Range(0, count).Select(index => block.Encode(raw[index % raw.Count], new Random(1)));
            Assert.All(tensorsOf(block.Collate([.. items])), tensor => Assert.Equal(count, tensor.shape[0]));
        }
        // Encoding may use chance, but the same chance must give the same numbers.
        var first = tensorsOf(block.Collate([block.Encode(raw[0], new Random(5))]));
        var second = tensorsOf(block.Collate([block.Encode(raw[0], new Random(5))]));
        Assert.All(first.Zip(second), pair => Assert.True(torch.allclose(pair.First, pair.Second, rtol: 0, atol: 0)));
    }

    private static void MockIsLikeEncoded<TRaw, TEncoded, TBatch>(
        IBlock<TRaw, TEncoded, TBatch> block, TRaw raw, Func<TBatch, IReadOnlyList<Tensor>> tensorsOf)
    {
        var random = new Random(2);
        var mocks = block.Collate([.. Enumerable.Range(0, Items).Select(_ => block.Mock(random))]);
        var real = tensorsOf(block.Collate([block.Encode(raw, new Random(1))]));
        Assert.All(tensorsOf(mocks).Zip(real), pair =>
        {
            Assert.Equal(Items, pair.First.shape[0]);
            Assert.Equal(pair.Second.dtype, pair.First.dtype);
            Assert.Equal(pair.Second.shape.Length, pair.First.shape.Length);
        });
        for (var index = 0; index < Items; index++) block.Decode(mocks, index);
    }
}
