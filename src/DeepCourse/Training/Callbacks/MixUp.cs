using DeepCourse.Data;
using DeepCourse.Tensors;

namespace DeepCourse.Training.Callbacks;

/// <summary>Trains on mixtures of two items: their inputs and their targets in the same shares.</summary>
/// <remarks>
/// Zhang et al. 2018 (arXiv 1710.09412), with a share of its own for every item, and the larger share for the item
/// itself, as in fastai. Targets become probabilities [batch, classes]; cross entropy takes those. What is drawn
/// follows from seed, epoch and batch.
/// </remarks>
/// <param name="classes">The number of classes.</param>
/// <param name="alpha">The smaller, the more one of the two dominates.</param>
/// <param name="seed">For the shares and the partners.</param>
public sealed class MixUp(int classes, double alpha = 0.4, int seed = 0) : Callback<Tensor, Tensor, Tensor>
{
    /// <inheritdoc/>
    protected internal override void TransformBatch(Run run, ref Batch<Tensor, Tensor> batch)
    {
        if (run.Phase != Phase.Train) return;
        var random = new Random(Seed.Derive(seed, run.LoaderEpoch, run.BatchIndex));
        var inputs = batch.Inputs;
        var shares = new float[batch.Size];
        for (var i = 0; i < shares.Length; i++)
        {
            var share = BetaDistribution.Draw(random, alpha);
            shares[i] = (float)Math.Max(share, 1 - share);
        }
        var partners = MixedTargets.Partners(random, batch.Size, inputs.device);
        var own = torch.tensor(shares).Place(inputs.device);
        var broad = own.view([batch.Size, .. Enumerable.Repeat(1L, (int)inputs.dim() - 1)]);
        batch = batch with
        {
            Inputs = inputs * broad + inputs.index_select(0, partners) * (1 - broad),
            Targets = MixedTargets.Mix(MixedTargets.Soft(batch.Targets, classes), partners, own.unsqueeze(1)),
        };
    }
}
