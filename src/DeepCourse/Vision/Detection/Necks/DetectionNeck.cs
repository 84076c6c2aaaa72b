using DeepCourse.Tensors;
using DeepCourse.Vision.Backbones;

namespace DeepCourse.Vision.Detection.Necks;

/// <summary>Stands between a body and a detector's head: lets the levels of a backbone learn of each other.</summary>
/// <remarks><b>Extending.</b> Give the base the levels that come in and those that go out, override <c>forward</c>, and
/// move what it returns out of the scope it opens. Maps are ordered from fine to coarse.</remarks>
public abstract class DetectionNeck : Module<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>>
{
    /// <summary>Names the neck and its levels.</summary>
    /// <param name="name">Short name, as module summaries show it.</param>
    /// <param name="inputs">The body's levels, from fine to coarse; at least one.</param>
    /// <param name="outputs">The levels it makes, from fine to coarse.</param>
    /// <exception cref="ArgumentException">No level comes in, or their strides do not grow.</exception>
    protected DetectionNeck(string name, IReadOnlyList<FeatureLevel> inputs, IReadOnlyList<FeatureLevel> outputs)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        if (inputs.Count == 0) throw new ArgumentException("a neck needs at least one level", nameof(inputs));
        for (var level = 1; level < inputs.Count; level++)
            if (inputs[level].Stride <= inputs[level - 1].Stride)
                throw new ArgumentException(
                    $"expected levels from fine to coarse, got the strides {string.Join(", ", inputs.Select(each => each.Stride))}",
                    nameof(inputs));
        (Inputs, Levels) = (inputs, outputs);
    }

    /// <summary>The levels it takes, from fine to coarse.</summary>
    public IReadOnlyList<FeatureLevel> Inputs { get; }

    /// <summary>The levels it makes, from fine to coarse.</summary>
    public IReadOnlyList<FeatureLevel> Levels { get; }

    /// <summary>Demands one map [batch, channels, height, width] for each of <see cref="Inputs"/>.</summary>
    /// <param name="maps">What <c>forward</c> was given.</param>
    /// <exception cref="ArgumentException">Another number of maps.</exception>
    /// <exception cref="ShapeException">A map with other channels.</exception>
    protected void Require(IReadOnlyList<Tensor> maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        if (maps.Count != Inputs.Count)
            throw new ArgumentException($"expected {Inputs.Count} maps, got {maps.Count}", nameof(maps));
        for (var level = 0; level < maps.Count; level++)
            Guard.Shape(
                maps[level], [Guard.Any, Inputs[level].Channels, Guard.Any, Guard.Any],
                $"[batch, {Inputs[level].Channels}, height, width]", $"{nameof(maps)}[{level}]");
    }

    /// <summary>Resizes a map to the height and width of another.</summary>
    private protected static Tensor Fit(Tensor map, Tensor other, InterpolationMode mode) => functional.interpolate(
        map, other.shape[2..], mode: mode, align_corners: mode == InterpolationMode.Bilinear ? false : null);
}
