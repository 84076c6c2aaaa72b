namespace DeepCourse.Vision.Detection;

/// <summary>What a network says of every anchor at this moment, decoded; no gradient flows through it.</summary>
/// <param name="Scores">Probabilities, [batch, anchors, classes].</param>
/// <param name="Boxes">[batch, anchors, 4], (left, top, right, bottom) as shares.</param>
public sealed record Predictions(Tensor Scores, Tensor Boxes);
