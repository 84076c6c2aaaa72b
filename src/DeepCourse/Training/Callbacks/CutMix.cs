using DeepCourse.Data;
using DeepCourse.Tensors;

namespace DeepCourse.Training.Callbacks;

/// <summary>Trains on pictures with a rectangle of another picture in them; targets in the shares of the
/// areas.</summary>
/// <remarks>
/// Yun et al. 2019 (arXiv 1905.04899), section 3.1: one rectangle per batch, its middle anywhere. Inputs are pictures
/// [batch, channels, height, width]; targets become probabilities [batch, classes]. What is drawn follows from seed,
/// epoch and batch.
/// </remarks>
/// <param name="classes">The number of classes.</param>
/// <param name="alpha">1 makes all areas equally likely.</param>
/// <param name="seed">For the rectangles and the partners.</param>
public sealed class CutMix(int classes, double alpha = 1, int seed = 0) : Callback<Tensor, Tensor, Tensor>
{
    /// <inheritdoc/>
    protected internal override void TransformBatch(Run run, ref Batch<Tensor, Tensor> batch)
    {
        if (run.Phase != Phase.Train) return;
        Guard.Rank(batch.Inputs, 4, "batch.Inputs");
        var random = new Random(Seed.Derive(seed, run.LoaderEpoch, run.BatchIndex));
        var (height, width) = (batch.Inputs.size(2), batch.Inputs.size(3));
        var side = Math.Sqrt(1 - BetaDistribution.Draw(random, alpha));
        var (top, rows) = Cut(random, height, side);
        var (left, columns) = Cut(random, width, side);
        var partners = MixedTargets.Partners(random, batch.Size, batch.Inputs.device);
        var mixed = batch.Inputs.clone();
        if (rows > 0 && columns > 0)
        {
            var patch = batch.Inputs.narrow(2, top, rows).narrow(3, left, columns).index_select(0, partners);
            mixed.narrow(2, top, rows).narrow(3, left, columns).copy_(patch);
        }
        // The rectangle may reach over the edge, so the share follows from what is really seen of it.
        var own = torch.tensor(1 - (float)(rows * columns) / (height * width)).Place(batch.Inputs.device);
        batch = batch with
        {
            Inputs = mixed,
            Targets = MixedTargets.Mix(MixedTargets.Soft(batch.Targets, classes), partners, own),
        };
    }

    private static (long Start, long Length) Cut(Random random, long size, double share)
    {
        var middle = random.NextInt64(size);
        var half = (long)(size * share) / 2;
        var (start, end) = (Math.Max(0, middle - half), Math.Min(size, middle + half));
        return (start, end - start);
    }
}
