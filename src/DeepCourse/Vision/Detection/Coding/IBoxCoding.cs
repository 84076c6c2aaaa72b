namespace DeepCourse.Vision.Detection;

/// <summary>How a head's numbers say where a box is, seen from its anchor.</summary>
/// <remarks>Both directions are differentiable; encoding what can't be expressed gives the nearest that can.</remarks>
public interface IBoxCoding
{
    /// <summary>Numbers that the head gives for each anchor.</summary>
    int Channels { get; }

    /// <summary>From boxes to the head's numbers.</summary>
    /// <param name="boxes">[..., anchors, 4], (left, top, right, bottom) as shares.</param>
    /// <param name="anchors">On the same device.</param>
    /// <returns>[..., anchors, <see cref="Channels"/>].</returns>
    Tensor Encode(Tensor boxes, Anchors anchors);

    /// <summary>From the head's numbers to boxes.</summary>
    /// <param name="raw">[..., anchors, <see cref="Channels"/>].</param>
    /// <param name="anchors">On the same device.</param>
    /// <returns>[..., anchors, 4], (left, top, right, bottom) as shares, not clipped to the picture.</returns>
    Tensor Decode(Tensor raw, Anchors anchors);
}
