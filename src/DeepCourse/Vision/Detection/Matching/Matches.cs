using DeepCourse.Tensors;

namespace DeepCourse.Vision.Detection;

/// <summary>Which object each anchor answers for.</summary>
/// <param name="Slots">int64, [batch, anchors]: the object's slot in the targets, <see cref="Background"/> or
/// <see cref="Ignored"/>.</param>
/// <param name="Quality">How good an answer of the anchor would be, [batch, anchors], 0..1 and 0 for background; null
/// where the matcher has no opinion.</param>
public sealed record Matches(Tensor Slots, Tensor? Quality = null)
{
    /// <summary>Stands for an anchor at which there is nothing.</summary>
    public const int Background = -1;

    /// <summary>Stands for an anchor that should not be taught anything.</summary>
    public const int Ignored = -2;

    /// <summary>Which anchors answer for an object: bool, [batch, anchors].</summary>
    public Tensor Objects => Slots.ge(0);

    /// <summary>Which anchors are taught: bool, [batch, anchors].</summary>
    public Tensor Taught => Slots.ne(Ignored);

    /// <summary>The box each anchor should find.</summary>
    /// <param name="targets">The true objects the matches are for.</param>
    /// <param name="anchors">The anchors the matches are for.</param>
    /// <returns>[batch, anchors, 4] as shares; the anchor's own box where there is no object, so that every coding can
    /// express it.</returns>
    public Tensor BoxesOf(DetectionTargets targets, Anchors anchors)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(anchors);
        Guard.Dimension(Slots, 1, anchors.Count);
        using var scope = torch.NewDisposeScope();
        var index = Slots.clamp(min: 0).unsqueeze(-1).expand(-1, -1, 4);
        var found = targets.Boxes.to(anchors.Boxes.dtype).gather(1, index);
        return torch.where(Objects.unsqueeze(-1), found, anchors.Boxes).MoveToOuterDisposeScope();
    }

    /// <summary>The class each anchor should find.</summary>
    /// <param name="targets">The true objects the matches are for.</param>
    /// <returns>int64, [batch, anchors]; -1 where there is no object.</returns>
    public Tensor ClassesOf(DetectionTargets targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        using var scope = torch.NewDisposeScope();
        return targets.Classes.gather(1, Slots.clamp(min: 0))
            .masked_fill(Objects.logical_not(), DetectionTargets.Empty).MoveToOuterDisposeScope();
    }
}
