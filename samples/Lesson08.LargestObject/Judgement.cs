using DeepCourse.Tensors;
using DeepCourse.Training;
using DeepCourse.Vision.Detection;

namespace Lesson08.LargestObject;

/// <summary>A model's answer to one validation picture.</summary>
internal sealed record Verdict(Item Item, int Actual, int Predicted, double Confidence, UnitBox Box, double IoU, double ClassLoss);

/// <summary>A model's answers to one half of the validation pictures.</summary>
internal sealed record Judgement(ValidationHalf Half, IReadOnlyList<Verdict> Verdicts)
{
    internal double ClassAccuracy => Verdicts.Average(verdict => verdict.Actual == verdict.Predicted ? 1.0 : 0.0);

    internal double MeanIoU => Verdicts.Average(verdict => verdict.IoU);

    /// <summary>The share of pictures whose box overlaps the truth by half or more, the usual bar for "found".</summary>
    internal double Found => Verdicts.Average(verdict => verdict.IoU >= 0.5 ? 1.0 : 0.0);

    internal static Judgement Of(ValidationHalf half, Learner<Tensor, Answer, Targets> learner)
    {
        var verdicts = new List<Verdict>();
        learner.Predict(half.Batches, (batch, answer) =>
        {
            var (confidence, predicted) = answer.Scores.softmax(1).max(1);
            float[] losses = functional.cross_entropy(answer.Scores, batch.Targets.Classes, reduction: Reduction.None).ReadFloats();
            float[] overlaps = BoxMath.PairedIoU(answer.Boxes, batch.Targets.Boxes).ReadFloats();
            float[] boxes = answer.Boxes.ReadFloats(), confidences = confidence.ReadFloats();
            float[] classes = batch.Targets.Classes.ReadFloats(), choices = predicted.ReadFloats();
            for (var i = 0; i < batch.Size; i++)
                verdicts.Add(new(
                    half.Items[verdicts.Count], (int)classes[i], (int)choices[i], confidences[i],
                    UnitBox.FromArray(boxes.AsSpan(4 * i, 4)), overlaps[i], losses[i]));
        });
        return new(half, verdicts);
    }
}
