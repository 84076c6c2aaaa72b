using DeepCourse.Data;
using DeepCourse.Training;

namespace DeepCourse.Vision.Classification;

/// <summary>In validation, lets the network look at every batch in several ways and goes on with the mean of its
/// outputs.</summary>
/// <remarks>As a callback it shares the precision of the forward pass, and every metric sees the mean. Logits are
/// averaged, not probabilities. The first view should be the batch as it is: its output is there already.</remarks>
/// <param name="network">The learner's model.</param>
/// <param name="views">How to look; the weights add up to 1.</param>
public sealed class TestTimeViews(Module<Tensor, Tensor> network, IReadOnlyList<PictureView> views)
    : Callback<Tensor, Tensor, Tensor>
{
    private Tensor? _images;

    /// <inheritdoc/>
    protected internal override void TransformBatch(Run run, ref Batch<Tensor, Tensor> batch) =>
        _images = run.Phase == Phase.Validate ? batch.Inputs : null;

    /// <inheritdoc/>
    protected internal override void TransformOutput(Run run, ref Tensor output)
    {
        if (_images is not { } images || views.Count < 2) return;
        _images = null;
        var mean = output * views[0].Weight;
        foreach (var view in views.Skip(1))
        {
            using var scope = NewDisposeScope();
            mean.add_(network.call(view.Of(images)), view.Weight);
        }
        output = mean;
    }

    /// <inheritdoc/>
    protected internal override void AfterBatch(Run run) => _images = null;
}
