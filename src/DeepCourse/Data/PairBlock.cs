namespace DeepCourse.Data;

/// <summary>A record of two parts, each with a block of its own: a class and a box, a source and its translation.</summary>
/// <typeparam name="TRaw">The raw record.</typeparam>
/// <typeparam name="TBatch">The record of tensors.</typeparam>
/// <typeparam name="TRaw1">First part, raw.</typeparam>
/// <typeparam name="TEncoded1">First part, encoded.</typeparam>
/// <typeparam name="TBatch1">First part, collated.</typeparam>
/// <typeparam name="TRaw2">Second part, raw.</typeparam>
/// <typeparam name="TEncoded2">Second part, encoded.</typeparam>
/// <typeparam name="TBatch2">Second part, collated.</typeparam>
/// <param name="first">Block of the first part.</param>
/// <param name="second">Block of the second part; a pair again where a record has three parts.</param>
/// <param name="raw">Takes raw records apart.</param>
/// <param name="batch">Puts records of tensors together.</param>
public sealed class PairBlock<TRaw, TBatch, TRaw1, TEncoded1, TBatch1, TRaw2, TEncoded2, TBatch2>(
    IBlock<TRaw1, TEncoded1, TBatch1> first,
    IBlock<TRaw2, TEncoded2, TBatch2> second,
    Parts<TRaw, TRaw1, TRaw2> raw,
    Parts<TBatch, TBatch1, TBatch2> batch) : IBlock<TRaw, EncodedPair<TEncoded1, TEncoded2>, TBatch>
{
    /// <inheritdoc/>
    public EncodedPair<TEncoded1, TEncoded2> Encode(TRaw value, Random random) =>
        new(first.Encode(raw.First(value), random), second.Encode(raw.Second(value), random));

    /// <inheritdoc/>
    public TRaw Decode(TBatch values, int index) =>
        raw.Join(first.Decode(batch.First(values), index), second.Decode(batch.Second(values), index));

    /// <inheritdoc/>
    public TBatch Collate(IReadOnlyList<EncodedPair<TEncoded1, TEncoded2>> items) => batch.Join(
        first.Collate([.. items.Select(item => item.First)]),
        second.Collate([.. items.Select(item => item.Second)]));

    /// <inheritdoc/>
    public EncodedPair<TEncoded1, TEncoded2> Mock(Random random) => new(first.Mock(random), second.Mock(random));
}
