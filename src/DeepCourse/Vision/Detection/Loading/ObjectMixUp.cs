using DeepCourse.Data;
using DeepCourse.Tensors;
using DeepCourse.Training;

namespace DeepCourse.Vision.Detection.Loading;

/// <summary>Trains on mixtures of two pictures that show the objects of both.</summary>
/// <typeparam name="TOut">What the detector gives.</typeparam>
/// <remarks>Zhang et al. 2019 (arXiv 1902.04103), section 3.1: shares near one half, so that all objects can be seen, and
/// all count in full. What is drawn follows from seed, epoch and batch.</remarks>
/// <param name="probability">The chance that a batch is mixed, 0..1.</param>
/// <param name="spread">How far a share may be from one half, 0..0.5.</param>
/// <param name="seed">For the shares and the partners.</param>
public sealed class ObjectMixUp<TOut>(double probability = 0.5, double spread = 0.2, int seed = 0)
    : Callback<Tensor, TOut, DetectionTargets>
{
    /// <inheritdoc/>
    protected internal override void TransformBatch(Run run, ref Batch<Tensor, DetectionTargets> batch)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Phase != Phase.Train) return;
        var random = new Random(Seed.Derive(seed, run.LoaderEpoch, run.BatchIndex));
        if (random.NextDouble() < probability) batch = Mix(batch, random, spread);
    }

    internal static Batch<Tensor, DetectionTargets> Mix(
        Batch<Tensor, DetectionTargets> batch, Random random, double spread)
    {
        var (images, targets) = (batch.Inputs, batch.Targets);
        var order = Enumerable.Range(0, batch.Size).Select(item => (long)item).ToArray();
        random.Shuffle(order);
        float[] shares = [.. order.Select(_ => (float)(0.5 + (spread * ((2 * random.NextDouble()) - 1))))];
        var partners = torch.tensor(order).Place(images.device);
        var own = torch.tensor(shares, [batch.Size, 1, 1, 1]).Place(images.device);
        var mixed = images * own + images.index_select(0, partners) * (1 - own);
        // A picture that is its own partner has its objects already.
        var alone = partners.eq(torch.arange(batch.Size, ScalarType.Int64, images.device)).unsqueeze(1);
        var classes = targets.Classes.index_select(0, partners).masked_fill(alone, DetectionTargets.Empty);
        var boxes = targets.Boxes.index_select(0, partners).masked_fill(alone.unsqueeze(2), 0);
        return batch with
        {
            Inputs = mixed,
            Targets = new(torch.cat([targets.Boxes, boxes], 1), torch.cat([targets.Classes, classes], 1)),
        };
    }
}
