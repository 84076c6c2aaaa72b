namespace DeepCourse.Vision.Detection;

/// <summary>What a detector's heads say of every anchor, before it is decoded.</summary>
/// <param name="Scores">Logits, [batch, anchors, classes]; what the last class means is the head's affair.</param>
/// <param name="Boxes">Offsets in the terms of the box coding, [batch, anchors, 4]; codings of distributions need
/// more values an anchor (<see cref="IBoxCoding.Channels"/>).</param>
public sealed record DetectionOutput(Tensor Scores, Tensor Boxes)
{
    /// <summary>The anchors the heads speak of, where the model takes pictures of several sizes; losses then use these
    /// in place of their own.</summary>
    public Anchors? Anchors { get; init; }

    /// <summary>Lets scores and boxes outlive the innermost dispose scope; anchors belong to their grid.</summary>
    /// <returns>The same output.</returns>
    public DetectionOutput MoveToOuterDisposeScope()
    {
        Scores.MoveToOuterDisposeScope();
        Boxes.MoveToOuterDisposeScope();
        return this;
    }
}
