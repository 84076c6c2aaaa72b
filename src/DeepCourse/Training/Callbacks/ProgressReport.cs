namespace DeepCourse.Training.Callbacks;

/// <summary>How training stands at a moment.</summary>
/// <param name="Phase">Training or validation.</param>
/// <param name="Epoch">The epoch, from 0.</param>
/// <param name="EpochCount">How many epochs the fit has.</param>
/// <param name="Batches">Batches of the phase that are done.</param>
/// <param name="BatchCount">Batches of the phase.</param>
/// <param name="Loss">The loss of the last batch.</param>
/// <param name="LearningRate">The rate of the last layer group.</param>
/// <param name="ItemsPerSecond">Since the phase began.</param>
/// <param name="PhaseRemaining">How long the phase will still take.</param>
/// <param name="FitRemaining">How long the fit will still take; null before that can be told.</param>
public readonly record struct ProgressReport(
    Phase Phase,
    int Epoch,
    int EpochCount,
    int Batches,
    int BatchCount,
    double Loss,
    double LearningRate,
    double ItemsPerSecond,
    TimeSpan PhaseRemaining,
    TimeSpan? FitRemaining);
