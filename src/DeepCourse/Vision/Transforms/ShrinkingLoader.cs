using DeepCourse.Data;

namespace DeepCourse.Vision.Transforms;

/// <summary>Resizes the batches of another loader to the size of their epoch.</summary>
internal sealed class ShrinkingLoader<TY>(ILoader<Tensor, TY> source, ProgressiveSizes sizes) : ILoader<Tensor, TY>, IDisposable
{
    public int Count => source.Count;

    public int ItemCount => source.ItemCount;

    public Shard Shard => source.Shard;

    public int CountIn(int epoch) => source.CountIn(epoch);

    public IEnumerable<Batch<Tensor, TY>> Batches(int epoch, int firstBatch = 0, CancellationToken cancellation = default)
    {
        var side = sizes.At(epoch);
        return source.Batches(epoch, firstBatch, cancellation).Select(batch =>
            batch.Inputs.shape[2] == side && batch.Inputs.shape[3] == side ? batch : batch with { Inputs = Resized(batch.Inputs, side) });
    }

    public void Dispose() => (source as IDisposable)?.Dispose();

    private static Tensor Resized(Tensor images, int side) => functional.interpolate(
        images, [side, side], mode: InterpolationMode.Bilinear, align_corners: false, antialias: true);
}
