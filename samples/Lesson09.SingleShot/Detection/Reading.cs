using DeepCourse.Vision.Detection;

namespace Lesson09;

/// <summary>What the logits of an anchor mean.</summary>
internal enum ScoreMeaning
{
    /// <summary>Each class for itself; nothing is where all of them are denied.</summary>
    Classes,

    /// <summary>Whether there is anything, then which class, each for itself: YOLO's.</summary>
    ObjectThenClasses,
}

/// <summary>What a head's numbers mean.</summary>
/// <param name="Grid">Where the anchors are.</param>
/// <param name="Coding">How the numbers say where a box is.</param>
/// <param name="Scores">What the logits mean.</param>
internal sealed record Reading(AnchorGrid Grid, IBoxCoding Coding, ScoreMeaning Scores = ScoreMeaning.Classes)
{
    /// <summary>Probabilities [batch, anchors, classes] and boxes [batch, anchors, 4] as shares of the sides.</summary>
    internal (Tensor Scores, Tensor Boxes) Of(DetectionOutput output)
    {
        using var scope = NewDisposeScope();
        var scores = output.Scores.sigmoid();
        if (Scores == ScoreMeaning.ObjectThenClasses) scores = scores.narrow(-1, 0, 1) * scores.narrow(-1, 1, scores.shape[^1] - 1);
        var boxes = Coding.Decode(output.Boxes, output.Anchors!).clamp(0, 1);
        return (scores.MoveToOuterDisposeScope(), boxes.MoveToOuterDisposeScope());
    }
}
