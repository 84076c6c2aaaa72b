using DeepCourse.Data;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Detection.Loading;

/// <summary>Resizes the batches of another loader, each to its own size.</summary>
/// <typeparam name="TY">Targets in shares of the sides, which do not change with the size.</typeparam>
/// <param name="source">Gives float pictures, [batch, 3, height, width].</param>
/// <param name="scales">Which sizes.</param>
/// <param name="seed">The run's seed.</param>
internal sealed class MultiScaleLoader<TY>(ILoader<Tensor, TY> source, MultiScale scales, int seed)
    : ILoader<Tensor, TY>, IDisposable
{
    public int Count => source.Count;

    public int ItemCount => source.ItemCount;

    public Shard Shard => source.Shard;

    public int CountIn(int epoch) => source.CountIn(epoch);

    public IEnumerable<Batch<Tensor, TY>> Batches(
        int epoch, int firstBatch = 0, CancellationToken cancellation = default)
    {
        var index = firstBatch;
        foreach (var batch in source.Batches(epoch, firstBatch, cancellation))
        {
            var frame = new PixelSize((int)batch.Inputs.shape[3], (int)batch.Inputs.shape[2]);
            var size = scales.SizeOf(frame, seed, epoch, index++);
            yield return size == frame ? batch : batch with { Inputs = Resized(batch.Inputs, size) };
        }
    }

    public void Dispose() => (source as IDisposable)?.Dispose();

    private static Tensor Resized(Tensor images, PixelSize size) => functional.interpolate(
        images, [size.Height, size.Width], mode: InterpolationMode.Bilinear, align_corners: false, antialias: true);
}
