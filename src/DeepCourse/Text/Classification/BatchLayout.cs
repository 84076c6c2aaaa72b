using DeepCourse.Data;
using DeepCourse.Tensors;
using DeepCourse.Text.Loading;

namespace DeepCourse.Text.Classification;

/// <summary>The texts of a batch from the longest to the shortest, and which of their tokens count.</summary>
internal sealed class BatchLayout
{
    private readonly long[] _order;
    private readonly bool _isSorted;
    private readonly torch.Device _device;

    /// <summary>Reads the lengths, which on a GPU waits for it once.</summary>
    /// <exception cref="ArgumentException">A length is negative or more than there are tokens.</exception>
    public BatchLayout(TextBatch batch, int chunkLength, int maxLength)
    {
        _device = batch.Tokens.device;
        var lengths = ReadLengths(batch);
        _order = [.. Enumerable.Range(0, lengths.Length).OrderByDescending(row => lengths[row]).Select(row => (long)row)];
        _isSorted = _order.Select((row, place) => row == place).All(same => same);
        Lengths = [.. _order.Select(row => lengths[row])];
        Starts = [.. Lengths.Select(length => FirstThatCounts(length, chunkLength, maxLength))];
    }

    /// <summary>The number of tokens of each text, falling.</summary>
    public int[] Lengths { get; }

    /// <summary>The first token of each text that counts for its features, falling; always the first of a chunk.</summary>
    public int[] Starts { get; }

    public int Longest => Lengths.Length == 0 ? 0 : Lengths[0];

    public torch.Device Device => _device;

    /// <summary>How many texts have a token at a place: those before the rest.</summary>
    public int CountLongerThan(int place)
    {
        var count = Lengths.Length;
        while (count > 0 && Lengths[count - 1] <= place) count--;
        return count;
    }

    /// <summary>Whether a chunk counts for any of the texts that reach it; the shortest of them begins to count first.</summary>
    public bool AnyCounts(int start) => Starts[CountLongerThan(start) - 1] <= start;

    public Tensor Sort(Tensor rows) => _isSorted ? rows : rows.index_select(0, torch.tensor(_order).Place(_device));

    public Tensor Unsort(Tensor rows)
    {
        if (_isSorted) return rows;
        var places = new long[_order.Length];
        for (var place = 0; place < _order.Length; place++) places[_order[place]] = place;
        return rows.index_select(0, torch.tensor(places).Place(_device));
    }

    // Whole chunks only: a chunk that counted in part would let gradients reach tokens that don't count.
    private static int FirstThatCounts(int length, int chunkLength, int maxLength) =>
        (Math.Max(0, length - maxLength) + chunkLength - 1) / chunkLength * chunkLength;

    private static int[] ReadLengths(TextBatch batch)
    {
        using var scope = NewDisposeScope();
        var lengths = batch.Lengths.to(ScalarType.Int64).cpu().contiguous().data<long>().ToArray();
        var most = batch.Tokens.size(1);
        foreach (var length in lengths)
            if (length < 0 || length > most)
                throw new ArgumentException($"a text of {length} tokens in a batch of {batch.Tokens.ShapeText()}", nameof(batch));
        return [.. lengths.Select(length => (int)length)];
    }
}
