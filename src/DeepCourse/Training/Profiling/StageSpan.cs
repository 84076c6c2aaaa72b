namespace DeepCourse.Training.Profiling;

/// <summary>A stretch of time that one stage took, for the trace.</summary>
/// <param name="Begin">When it began, in ticks of the stopwatch.</param>
/// <param name="End">When it ended.</param>
/// <param name="Epoch">Which epoch, from 0.</param>
/// <param name="Batch">Which batch of the phase, from 0.</param>
/// <param name="Phase">Which half of the epoch.</param>
/// <param name="Stage">What was done.</param>
/// <param name="Callback">Whose turn it was, by its place in the list of names; negative outside callbacks.</param>
internal readonly record struct StageSpan(
    long Begin, long End, int Epoch, int Batch, Phase Phase, RunStage Stage, int Callback);
