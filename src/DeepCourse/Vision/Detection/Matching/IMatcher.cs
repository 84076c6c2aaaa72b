namespace DeepCourse.Vision.Detection;

/// <summary>Decides which anchor answers for which object.</summary>
/// <remarks>Works on whole batches without waiting for the device; empty slots may lie anywhere, and pictures without
/// objects have background only.</remarks>
public interface IMatcher
{
    /// <summary>Whether <see cref="Of"/> needs to know what the network says.</summary>
    bool LooksAtPredictions { get; }

    /// <summary>Matches every anchor.</summary>
    /// <param name="anchors">On the device of the targets.</param>
    /// <param name="targets">The true objects.</param>
    /// <param name="predictions">What the network says now; matchers that do not look at it take null.</param>
    /// <returns>A slot of the targets, or none, for every anchor.</returns>
    Matches Of(Anchors anchors, DetectionTargets targets, Predictions? predictions = null);
}
