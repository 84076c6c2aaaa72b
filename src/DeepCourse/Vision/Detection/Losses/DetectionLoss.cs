using DeepCourse.Losses;
using DeepCourse.Tensors;

namespace DeepCourse.Vision.Detection;

/// <summary>A loss of a detector: a weighted sum of parts that can be watched
/// (<see cref="Training.Callbacks.LossParts"/>). Its <see cref="Of"/> is what a learner takes.</summary>
/// <remarks>
/// <para>It computes in the type of the anchors, so heads may give float16 or bfloat16. It never waits for the device.
/// Pictures without objects and batches without any are nothing special.</para>
/// <para><b>Extending.</b> Name the parts and their weights, and compute them in <see cref="Parts"/>.</para>
/// </remarks>
public abstract class DetectionLoss : SummedLoss
{
    private readonly (string Name, double Weight)[] _parts;
    private readonly Tensor[] _last;

    /// <summary>Names the parts.</summary>
    /// <param name="anchors">The anchors of the model's output; outputs that carry their own need none here.</param>
    /// <param name="parts">Names and weights, in the order in which <see cref="Parts"/> gives them.</param>
    protected DetectionLoss(Anchors? anchors, params IReadOnlyList<(string Name, double Weight)> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentOutOfRangeException.ThrowIfZero(parts.Count, nameof(parts));
        (Anchors, _parts, _last) = (anchors, [.. parts], new Tensor[parts.Count]);
        Names = [.. parts.Select(part => part.Name)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Names { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Last => _last;

    /// <summary>The anchors of outputs that carry none.</summary>
    protected Anchors? Anchors { get; }

    /// <summary>The loss of a batch.</summary>
    /// <param name="output">What the heads gave.</param>
    /// <param name="targets">The true objects, on the same device.</param>
    /// <returns>One number.</returns>
    /// <exception cref="ShapeException">Output, anchors and targets do not belong together.</exception>
    /// <exception cref="InvalidOperationException">Neither the output nor the loss has anchors.</exception>
    public Tensor Of(DetectionOutput output, DetectionTargets targets)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(targets);
        var anchors = output.Anchors ?? Anchors
            ?? throw new InvalidOperationException("expected anchors, but neither the output nor the loss has any");
        Guard.Shape(output.Scores, [Guard.Any, anchors.Count, Guard.Any], $"[batch, {anchors.Count} anchors, classes]");
        var batch = output.Scores.size(0);
        Guard.Shape(output.Boxes, [batch, anchors.Count, Guard.Any], $"[{batch}, {anchors.Count} anchors, values]");
        Guard.Shape(targets.Boxes, [batch, Guard.Any, 4], $"[{batch}, slots, 4]");
        using var scope = torch.NewDisposeScope();
        var type = anchors.Boxes.dtype;
        var parts = Parts(new(output.Scores.to(type), output.Boxes.to(type)), targets, anchors);
        Tensor? sum = null;
        for (var i = 0; i < _parts.Length; i++)
        {
            _last[i] = parts[i].detach().MoveToOuterDisposeScope();
            var weighted = parts[i] * _parts[i].Weight;
            sum = sum is null ? weighted : sum + weighted;
        }
        return sum!.MoveToOuterDisposeScope();
    }

    /// <summary>The parts before weighting, one number each.</summary>
    /// <param name="output">In the type of the anchors.</param>
    /// <param name="targets">The true objects.</param>
    /// <param name="anchors">Those of the output.</param>
    /// <returns>As many as have names.</returns>
    protected abstract IReadOnlyList<Tensor> Parts(DetectionOutput output, DetectionTargets targets, Anchors anchors);

    /// <summary>One-hot classes of anchors.</summary>
    /// <param name="classes">int64, [batch, anchors]; -1 for none.</param>
    /// <param name="count">The number of classes.</param>
    /// <param name="type">Of the result.</param>
    /// <returns>[batch, anchors, count]; rows of zeros where there is no object.</returns>
    protected static Tensor OneHot(Tensor classes, long count, ScalarType type)
    {
        ArgumentNullException.ThrowIfNull(classes);
        using var scope = torch.NewDisposeScope();
        return classes.unsqueeze(-1).eq(torch.arange(count, dtype: ScalarType.Int64, device: classes.device))
            .to(type).MoveToOuterDisposeScope();
    }
}
