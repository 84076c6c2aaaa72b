using DeepCourse.Data;

namespace DeepCourse.Vision.Backbones;

/// <summary>Computes the features of a frozen network.</summary>
public static class BackboneFeatures
{
    /// <summary>Runs every picture of a loader through a network.</summary>
    /// <typeparam name="TY">Targets of a batch.</typeparam>
    /// <param name="network">Usually a <see cref="Backbone"/>; it is put into evaluation mode meanwhile.</param>
    /// <param name="images">Normalised pictures, in the order of the data set; each variant is one of its epochs.</param>
    /// <param name="split">Takes targets apart into tensors whose first axis is the item.</param>
    /// <param name="join">Puts such tensors together to targets again.</param>
    /// <param name="variants">How many differently augmented variants to keep of each picture.</param>
    /// <param name="progress">Told the share that is done, 0..1.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The features; the caller disposes them.</returns>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static BackboneFeatures<TY> Compute<TY>(
        Module<Tensor, Tensor> network,
        ILoader<Tensor, TY> images,
        Func<TY, IReadOnlyList<Tensor>> split,
        Func<IReadOnlyList<Tensor>, TY> join,
        int variants = 1,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfLessThan(variants, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(images.ItemCount, 1, nameof(images));
        var wasTraining = network.training;
        var store = new FeatureStore((long)images.ItemCount * variants);
        try
        {
            network.eval();
            using var noGradient = no_grad();
            for (var variant = 0; variant < variants; variant++)
            {
                foreach (var batch in Scoped(images, variant, cancellation))
                {
                    // A loader that heeds the token just ends; here it is heeded whatever the loader does.
                    cancellation.ThrowIfCancellationRequested();
                    store.Add(network.call(batch.Inputs), split(batch.Targets));
                    progress?.Report(store.Share);
                }

                cancellation.ThrowIfCancellationRequested();
            }

            store.RequireFull();
            return new BackboneFeatures<TY>(store.Values!, store.Targets, join, images.ItemCount, variants);
        }
        catch
        {
            store.Dispose();
            throw;
        }
        finally
        {
            network.train(wasTraining);
        }
    }

    // One dispose scope a batch, opened before the loader makes the batch's tensors.
    private static IEnumerable<Batch<Tensor, TY>> Scoped<TY>(ILoader<Tensor, TY> images, int epoch, CancellationToken cancellation)
    {
        using var batches = images.Batches(epoch, cancellation: cancellation).GetEnumerator();
        while (true)
        {
            using var scope = NewDisposeScope();
            if (!batches.MoveNext()) yield break;
            yield return batches.Current;
        }
    }
}
