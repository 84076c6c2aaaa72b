namespace DeepCourse.Training.Profiling;

/// <summary>What the batches of one half of the epochs took.</summary>
/// <param name="Phase">Which half.</param>
/// <param name="Batches">How many batches there were.</param>
/// <param name="MedianMilliseconds">Half of the batches took at most this long.</param>
/// <param name="SlowMilliseconds">Nineteen of twenty batches took at most this long.</param>
/// <param name="ItemsPerSecond">Items over the time of all the batches.</param>
/// <param name="ManagedBytesPerBatch">The median of what a batch allocated on the managed heap, the loop's own thread
/// alone.</param>
public readonly record struct PhaseTime(
    Phase Phase,
    int Batches,
    double MedianMilliseconds,
    double SlowMilliseconds,
    double ItemsPerSecond,
    double ManagedBytesPerBatch);
