namespace DeepCourse.Training.Profiling;

/// <summary>What was read at the end of a batch.</summary>
/// <param name="Begin">When the batch before had ended, in ticks of the stopwatch.</param>
/// <param name="End">When this one had.</param>
/// <param name="Epoch">Which epoch, from 0.</param>
/// <param name="Batch">Which batch of the phase, from 0.</param>
/// <param name="Phase">Which half of the epoch.</param>
/// <param name="Tensors">Tensors alive in the process, those of the batch among them.</param>
/// <param name="ManagedBytes">What the training thread had allocated on the managed heap since the batch before.</param>
/// <param name="Memory">Bytes of the process in memory when they were last looked at.</param>
internal readonly record struct BatchGauge(
    long Begin, long End, int Epoch, int Batch, Phase Phase, long Tensors, long ManagedBytes, long Memory);
