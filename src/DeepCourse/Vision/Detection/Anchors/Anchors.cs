using DeepCourse.Data;

namespace DeepCourse.Vision.Detection;

/// <summary>The places at which a head looks for objects, in the order of its output.</summary>
/// <param name="Boxes">float32, [anchors, 4], (left, top, right, bottom) as shares of the sides; may stick out.</param>
/// <param name="Cells">float32, [anchors, 2], width and height of each anchor's cell, as shares.</param>
/// <param name="Levels">How the anchors lie, level by level; their counts add up to the number of anchors.</param>
/// <remarks>Points of anchor-free heads are anchors as large as their cell.</remarks>
public sealed record Anchors(Tensor Boxes, Tensor Cells, IReadOnlyList<AnchorLayout> Levels) : IMovable<Anchors>
{
    /// <summary>The number of anchors.</summary>
    public int Count => (int)Boxes.size(0);

    /// <summary>Middles (x, y): [anchors, 2].</summary>
    public Tensor Centers => (Boxes.narrow(1, 0, 2) + Boxes.narrow(1, 2, 2)) / 2;

    /// <summary>Widths and heights: [anchors, 2].</summary>
    public Tensor Sizes => Boxes.narrow(1, 2, 2) - Boxes.narrow(1, 0, 2);

    /// <inheritdoc/>
    public Anchors To(torch.Device device) => new(Boxes.Place(device), Cells.Place(device), Levels);

    /// <summary>The same anchors as numbers of another type.</summary>
    /// <param name="type">float32 or float64; losses compute in this type.</param>
    /// <returns>The anchors.</returns>
    public Anchors To(ScalarType type) => new(Boxes.to(type), Cells.to(type), Levels);
}
