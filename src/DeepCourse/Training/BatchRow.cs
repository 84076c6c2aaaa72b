namespace DeepCourse.Training;

/// <summary>What was measured in one training batch.</summary>
/// <param name="Fit">Which fit of the learner, from 0.</param>
/// <param name="Epoch">Which epoch of that fit, from 0.</param>
/// <param name="Batch">Which batch of that epoch, from 0.</param>
/// <param name="Loss">The loss of the batch.</param>
/// <param name="LearningRate">The rate of the last layer group.</param>
/// <param name="Momentum">Momentum, or beta 1 of the Adam family; not a number where there is none.</param>
public readonly record struct BatchRow(
    int Fit, int Epoch, int Batch, double Loss, double LearningRate, double Momentum);
