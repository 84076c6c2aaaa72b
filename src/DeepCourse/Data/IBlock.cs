namespace DeepCourse.Data;

/// <summary>What one part of an item is, and how it becomes part of a batch: a picture, a category, a number.</summary>
/// <typeparam name="TRaw">The value as the application knows it: a name, a picture, a box.</typeparam>
/// <typeparam name="TEncoded">The value as numbers, in managed memory only.</typeparam>
/// <typeparam name="TBatch">A tensor or a record of tensors; the first axis is the item.</typeparam>
/// <remarks>
/// <b>Extending.</b> A block describes and holds no data. <see cref="Encode"/> runs on several worker threads at once,
/// so it changes no state and makes no tensor; <see cref="Collate"/> runs on the thread that consumes batches, inside
/// its dispose scope. An encoded value that is <see cref="IDisposable"/> is disposed right after it was collated: the
/// place to give pooled buffers back. The test harness <c>BlockTests.Check</c> proves the four verbs against each other.
/// </remarks>
public interface IBlock<TRaw, TEncoded, TBatch>
{
    /// <summary>Turns one raw value into numbers.</summary>
    /// <param name="raw">The value to encode.</param>
    /// <param name="random">The only source of chance; its seed follows from run, epoch and position.</param>
    /// <returns>Managed buffers that <see cref="Collate"/> accepts.</returns>
    TEncoded Encode(TRaw raw, Random random);

    /// <summary>Reads one item of a batch back as far as the encoding kept it, to show it to people.</summary>
    /// <param name="batch">Targets of a batch, or a prediction of the same form.</param>
    /// <param name="index">Which item, from 0.</param>
    /// <returns>The raw value that would encode to this item.</returns>
    TRaw Decode(TBatch batch, int index);

    /// <summary>Joins encoded values into tensors on the CPU.</summary>
    /// <param name="items">At least one encoded value.</param>
    /// <returns>Tensors of shape [items.Count, ...].</returns>
    TBatch Collate(IReadOnlyList<TEncoded> items);

    /// <summary>Makes up an encoded value that <see cref="Collate"/> accepts, for tests and model summaries.</summary>
    /// <param name="random">The source of the made-up numbers.</param>
    TEncoded Mock(Random random);
}
