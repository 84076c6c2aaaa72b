using DeepCourse.Data;
using DeepCourse.Vision.Augmentation;

namespace DeepCourse.Vision.Detection;

/// <summary>The true objects of a batch, as many slots for every picture as the fullest one needs.</summary>
/// <param name="Boxes">float32, [batch, slots, 4], (left, top, right, bottom) as shares of the sides; zeros in empty slots.</param>
/// <param name="Classes">int64, [batch, slots], from 0; -1 marks an empty slot, wherever in the row it is.</param>
public sealed record DetectionTargets(Tensor Boxes, Tensor Classes) : IMovable<DetectionTargets>
{
    /// <summary>The class of an empty slot.</summary>
    public const int Empty = -1;

    /// <summary>Which slots hold an object: bool, [batch, slots].</summary>
    public Tensor Mask => Classes.ge(0);

    /// <summary>How many objects each picture holds: int64, [batch].</summary>
    public Tensor Counts => Mask.sum(1);

    /// <summary>Which classes each picture shows, the targets of a multi-label classifier.</summary>
    /// <param name="classes">The number of classes.</param>
    /// <returns>float32, [batch, classes], 1 where an object of the class is in the picture.</returns>
    public Tensor ToLabels(int classes)
    {
        using var scope = torch.NewDisposeScope();
        var each = torch.arange(classes, ScalarType.Int64, Classes.device);
        return Classes.unsqueeze(2).eq(each).any(1).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public DetectionTargets To(torch.Device device) => new(Boxes.Place(device), Classes.Place(device));

    /// <summary>Moves the boxes with their pictures; a box that leaves its picture leaves its slot empty.</summary>
    /// <param name="draw">What was drawn for the pictures of this batch.</param>
    /// <param name="leastVisible">The share of a box's area that has to stay inside.</param>
    /// <returns>Targets of the same shape.</returns>
    public DetectionTargets Move(BatchDraw draw, double leastVisible = 0.25)
    {
        ArgumentNullException.ThrowIfNull(draw);
        if (draw.LeavesPlaces) return this;
        var (boxes, kept) = draw.ToBoxes(Boxes, leastVisible);
        return new(boxes, Classes.masked_fill(kept.logical_not(), Empty));
    }
}
