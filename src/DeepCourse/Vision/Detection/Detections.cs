using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Detection;

/// <summary>What a detector found in each picture of a batch, best first, in as many slots as the fullest needs.</summary>
/// <param name="Boxes">float32, [batch, slots, 4], (left, top, right, bottom) as shares of the sides.</param>
/// <param name="Scores">float32, [batch, slots], 0 to 1; 0 in empty slots.</param>
/// <param name="Classes">int64, [batch, slots]; -1 marks an empty slot.</param>
public sealed record Detections(Tensor Boxes, Tensor Scores, Tensor Classes)
{
    /// <summary>Lets the tensors outlive the innermost dispose scope.</summary>
    /// <returns>The same detections.</returns>
    public Detections MoveToOuterDisposeScope()
    {
        Boxes.MoveToOuterDisposeScope();
        Scores.MoveToOuterDisposeScope();
        Classes.MoveToOuterDisposeScope();
        return this;
    }

    /// <summary>Reads what was found in one picture.</summary>
    /// <param name="index">Which picture, from 0.</param>
    /// <param name="size">The picture's size: boxes come back in its pixels.</param>
    /// <returns>The objects, best first.</returns>
    public IReadOnlyList<DetectedObject> Of(int index, PixelSize size)
    {
        using var scope = torch.NewDisposeScope();
        var boxes = Boxes[index].cpu().to(ScalarType.Float32).contiguous().data<float>().ToArray();
        var scores = Scores[index].cpu().to(ScalarType.Float32).contiguous().data<float>().ToArray();
        var classes = Classes[index].cpu().contiguous().data<long>().ToArray();
        var found = new List<DetectedObject>();
        for (var slot = 0; slot < classes.Length; slot++)
            if (classes[slot] >= 0)
                found.Add(new((int)classes[slot], scores[slot], UnitBox.FromArray(boxes.AsSpan(4 * slot, 4)).ToPixels(size)));
        return found;
    }
}
