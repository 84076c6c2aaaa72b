namespace DeepCourse.Training;

/// <summary>A number with a name.</summary>
/// <param name="Name">What reports call it.</param>
/// <param name="Value">The number.</param>
public readonly record struct NamedValue(string Name, double Value);

/// <summary>What was measured in one epoch.</summary>
/// <param name="Fit">Which fit of the learner, from 0.</param>
/// <param name="Epoch">Which epoch of that fit, from 0.</param>
/// <param name="TrainingLoss">The mean over the items that were learnt from.</param>
/// <param name="ValidationLoss">The mean over the items that were judged by; not a number without validation.</param>
/// <param name="LearningRate">That of the last layer group at the end of training.</param>
/// <param name="Seconds">How long the epoch took.</param>
/// <param name="Metrics">What metrics and others recorded, in their order.</param>
public sealed record EpochRow(
    int Fit,
    int Epoch,
    double TrainingLoss,
    double ValidationLoss,
    double LearningRate,
    double Seconds,
    IReadOnlyList<NamedValue> Metrics)
{
    /// <summary>A recorded value; not a number where there is none of that name.</summary>
    /// <param name="name">As it was recorded.</param>
    public double Value(string name)
    {
        foreach (var metric in Metrics)
        {
            if (metric.Name == name) return metric.Value;
        }
        return double.NaN;
    }
}
