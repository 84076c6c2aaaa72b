namespace DeepCourse.Training.Profiling;

/// <summary>The most memory that a fit was seen with.</summary>
/// <param name="Tensors">Tensors alive in the process at the end of a batch.</param>
/// <param name="Process">Bytes of the process in memory, looked at a few times a second.</param>
/// <param name="Device">Bytes that tensors held on the GPU; null without one.</param>
public readonly record struct MemoryPeaks(long Tensors, long Process, long? Device);
