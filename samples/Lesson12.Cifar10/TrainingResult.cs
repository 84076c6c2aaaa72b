using DeepCourse.Tensors;
using DeepCourse.Training;
using DeepCourse.Vision.Interpretation;

namespace Lesson12;

/// <summary>What came out of a training.</summary>
/// <param name="Recipe">How it was trained.</param>
/// <param name="Network">The network; dispose the result to free it.</param>
/// <param name="History">How it learned.</param>
/// <param name="Judgement">Its answers to the test pictures.</param>
/// <param name="Pictures">Training pictures in an epoch.</param>
/// <param name="Seconds">From making the network to the last step, validations included, the search for a rate not.</param>
internal sealed record TrainingResult(
    Recipe Recipe, Module<Tensor, Tensor> Network, History History, Judgement Judgement, int Pictures, double Seconds) : IDisposable
{
    /// <summary>Training pictures a second over the epochs, validations included.</summary>
    internal double PicturesPerSecond => History.Epochs.Count * (double)Pictures / History.Epochs.Sum(epoch => epoch.Seconds);

    public void Dispose() => Network.Dispose();
}

/// <summary>A network's answers to the test pictures.</summary>
/// <param name="Classes">Names of the classes.</param>
/// <param name="Actual">True class of each picture.</param>
/// <param name="Predicted">Named class of each picture.</param>
/// <param name="Confidence">The probability of the named class.</param>
/// <param name="WorstItems">The pictures with the largest losses, and those losses.</param>
/// <param name="PlainAccuracy">Without the views of test-time augmentation.</param>
/// <param name="Seconds">How long all views of all test pictures took.</param>
internal sealed record Judgement(
    IReadOnlyList<string> Classes, int[] Actual, int[] Predicted, float[] Confidence,
    IReadOnlyList<(int Item, double Loss)> WorstItems, double PlainAccuracy, double Seconds)
{
    private const int Worst = 24;

    internal ConfusionMatrix Matrix { get; } = ConfusionMatrix.Of(Classes, Actual, Predicted);

    internal double Accuracy => Matrix.Accuracy;

    internal static Judgement Of(IReadOnlyList<string> classes, Tensor labels, Tensor plain, Tensor averaged, double seconds)
    {
        var (confidence, predicted) = averaged.softmax(1).max(1);
        var losses = functional.cross_entropy(averaged, labels, reduction: Reduction.None);
        return new(
            classes, Numbers(labels), Numbers(predicted), confidence.ReadFloats(), TopLosses.Of(losses, Worst),
            plain.argmax(1).eq(labels).to_type(ScalarType.Float64).mean().ReadNumber(), seconds);
    }

    private static int[] Numbers(Tensor values) => [.. values.ReadNumbers().Select(value => (int)value)];
}
