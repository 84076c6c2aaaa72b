namespace DeepCourse.Data;

/// <summary>A source of batches: what a Learner reads, epoch after epoch.</summary>
/// <typeparam name="TX">The inputs of a batch.</typeparam>
/// <typeparam name="TY">The targets of a batch.</typeparam>
/// <remarks>
/// <b>Extending.</b> Make the tensors of a batch inside <c>MoveNext</c>, on the thread that calls it: the caller has a
/// dispose scope open there, and it frees them. The order must follow from the loader's seed and the epoch alone, so
/// that a run that is resumed in the middle of an epoch meets the batches it would have met.
/// </remarks>
public interface ILoader<TX, TY>
{
    /// <summary>The number of batches in an epoch.</summary>
    int Count { get; }

    /// <summary>The number of items in an epoch.</summary>
    int ItemCount { get; }

    /// <summary>The part of each epoch that this process reads; counts and batches are those of the part.</summary>
    Shard Shard => Shard.Whole;

    /// <summary>The number of batches in a certain epoch, where epochs differ.</summary>
    /// <param name="epoch">Which epoch, from 0.</param>
    int CountIn(int epoch) => Count;

    /// <summary>Yields the batches of one epoch, on the device where the model is.</summary>
    /// <param name="epoch">Which epoch, from 0; another epoch may mean another order and other augmentations.</param>
    /// <param name="firstBatch">How many batches to leave out at the beginning (for a resumed run).</param>
    /// <param name="cancellation">Stops the workers; the sequence then ends early, without an exception.</param>
    IEnumerable<Batch<TX, TY>> Batches(int epoch, int firstBatch = 0, CancellationToken cancellation = default);
}
