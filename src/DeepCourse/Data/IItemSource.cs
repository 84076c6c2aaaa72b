namespace DeepCourse.Data;

/// <summary>Items in the form in which workers hand them to the thread that collates batches.</summary>
/// <typeparam name="TEncoded">One encoded item: managed buffers only. Disposed after collating if it is disposable.</typeparam>
/// <remarks><b>Extending.</b> All members are called from several threads at once.</remarks>
public interface IItemSource<out TEncoded>
{
    /// <summary>The number of items.</summary>
    int Count { get; }

    /// <summary>Reads, transforms and encodes one item.</summary>
    /// <param name="index">From 0 up to, but not including, <see cref="Count"/>.</param>
    /// <param name="random">The only source of chance; its seed follows from run, epoch and position.</param>
    TEncoded Encode(int index, Random random);

    /// <summary>What to call an item in messages: its path where it has one.</summary>
    /// <param name="index">From 0 up to, but not including, <see cref="Count"/>.</param>
    string NameOf(int index);
}
