using DeepCourse.Vision.Classification;

namespace Lesson12;

/// <summary>What a training had to multiply.</summary>
/// <param name="Full">For a picture of the full size.</param>
/// <param name="Small">For a picture of the first epochs.</param>
internal sealed record TrainingWork(NetworkWork Full, NetworkWork Small)
{
    internal static TrainingWork Of(TrainingResult result, PictureData data)
    {
        return new(For(result.Recipe.Size), For(result.Recipe.SmallSize));

        NetworkWork For(int size)
        {
            using var scope = NewDisposeScope();
            return NetworkWork.Of(result.Network, data.Sample(2, size));
        }
    }

    /// <summary>Floating-point operations of the training steps in a second of the epochs, validations included in the time.</summary>
    /// <param name="result">What came out.</param>
    internal double FlopsPerSecond(TrainingResult result) =>
        result.History.Epochs.Select((_, epoch) => (epoch < result.Recipe.SmallEpochs ? Small : Full).TrainingFlops * result.Pictures).Sum()
        / result.History.Epochs.Sum(epoch => epoch.Seconds);
}
