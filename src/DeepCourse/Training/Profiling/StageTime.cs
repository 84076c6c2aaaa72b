namespace DeepCourse.Training.Profiling;

/// <summary>What one stage took.</summary>
/// <param name="Phase">In which half of the epochs.</param>
/// <param name="Stage">Which stage.</param>
/// <param name="Seconds">Over the whole fit.</param>
/// <param name="Share">Of the time of the fit, 0 to 1.</param>
/// <param name="MillisecondsPerBatch">The mean over the batches of the phase; 0 where it had none.</param>
public readonly record struct StageTime(
    Phase Phase, RunStage Stage, double Seconds, double Share, double MillisecondsPerBatch);
