using DeepCourse.Data;
using DeepCourse.Tensors;
using DeepCourse.Vision.Datasets;

namespace DeepCourse.Vision.Classification;

/// <summary>Batches of small pictures that are on the device as a whole: order, augmentation and normalisation are a
/// few operations on the batch, and nothing waits for the device.</summary>
/// <remarks>
/// Mirroring, shifting and the reflected edges are one gather: what an output pixel shows is only a question of its
/// index. What is drawn follows from seed, epoch and batch alone.
/// </remarks>
public sealed class PictureLoader : ILoader<Tensor, Tensor>, IDisposable
{
    private readonly LabeledPictures _pictures;
    private readonly PictureLoaderOptions _options;
    private readonly Tensor _scale;
    private readonly Tensor _shift;

    /// <summary>Makes a loader.</summary>
    /// <param name="pictures">On the device where batches are wanted; must outlive the loader.</param>
    /// <param name="statistics">Mean and standard deviation of each channel, for values in 0..1.</param>
    /// <param name="options">How.</param>
    public PictureLoader(LabeledPictures pictures, (double[] Mean, double[] Deviation) statistics, PictureLoaderOptions options)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(statistics.Mean.Length, pictures.Channels);
        var smallest = Math.Min(pictures.Size.Height, pictures.Size.Width);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(options.Augmentation.Shift, smallest);
        (_pictures, _options) = (pictures, options);
        using var scope = NewDisposeScope();
        var device = pictures.Pictures.device;
        var (mean, deviation) = statistics;
        float[] scale = [.. deviation.Select(value => (float)(1 / (255 * value)))];
        float[] shift = [.. mean.Zip(deviation, (m, d) => (float)(-m / d))];
        _scale = torch.tensor(scale, device: device).DetachFromDisposeScope();
        _shift = torch.tensor(shift, device: device).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public int Count => _options.IsTraining && _pictures.Count >= JointBatchSize
        ? _pictures.Count / JointBatchSize
        : (_options.Shard.CountOf(_pictures.Count) + _options.BatchSize - 1) / _options.BatchSize;

    /// <inheritdoc/>
    public int ItemCount => Math.Min(Count * _options.BatchSize, _options.Shard.CountOf(_pictures.Count));

    /// <inheritdoc/>
    public Shard Shard => _options.Shard;

    private int JointBatchSize => checked(_options.BatchSize * _options.Shard.WorldSize);

    /// <inheritdoc/>
    public IEnumerable<Batch<Tensor, Tensor>> Batches(
        int epoch, int firstBatch = 0, CancellationToken cancellation = default)
    {
        BatchPlace.Require(epoch, firstBatch, Count);
        return Enumerate(epoch, firstBatch, cancellation);
    }

    /// <summary>Frees what the loader made; the pictures belong to the caller.</summary>
    public void Dispose()
    {
        _scale.Dispose();
        _shift.Dispose();
    }

    private IEnumerable<Batch<Tensor, Tensor>> Enumerate(int epoch, int firstBatch, CancellationToken cancellation)
    {
        var order = new int[_pictures.Count];
        for (var index = 0; index < order.Length; index++) order[index] = index;
        if (_options.IsTraining) new Random(Seed.Derive(_options.Seed, epoch, -1)).Shuffle(order);
        var part = _options.Shard.Of(order);
        for (var batch = firstBatch; batch < Count; batch++)
        {
            if (cancellation.IsCancellationRequested) yield break;
            var start = batch * _options.BatchSize;
            yield return Make(part.AsSpan(start, Math.Min(_options.BatchSize, part.Length - start)), epoch, batch);
        }
    }

    private Batch<Tensor, Tensor> Make(ReadOnlySpan<int> items, int epoch, int batch)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var draw = PictureDraw.Of(items, _options, epoch, batch);
        var device = _pictures.Pictures.device;
        // All that the device has to be told about a batch, in one copy.
        var told = torch.tensor(draw.Numbers, [PictureDraw.Rows, items.Length]);
        // From pinned memory the copy doesn't wait for the steps before.
        if (device.type != DeviceType.CPU) told = told.pin_memory().to(device, non_blocking: true);
        var indices = told[0];
        var values = _options.Augmentation.MovesPixels
            ? Gather(told)
            : _pictures.Pictures.index_select(0, indices);
        var images = values.to(ScalarType.Float32).mul_(_scale).add_(_shift).permute(0, 3, 1, 2);
        if (_options.Augmentation.Cutout > 0) images = images.masked_fill_(Hole(told), 0);
        if (_options.SizeInEpoch?.Invoke(epoch) is { } size && (size != _pictures.Size.Height || size != _pictures.Size.Width))
            images = functional.interpolate(images, [size, size], mode: InterpolationMode.Bilinear, align_corners: false);
        if (!_options.ChannelsLast) images = images.contiguous();
        return new(
            images.MoveToOuterDisposeScope(), _pictures.Labels.index_select(0, indices).MoveToOuterDisposeScope(), items.Length);
    }

    // Which byte of the whole set each byte of the batch is: [batch, height, width, channels].
    private Tensor Gather(Tensor told)
    {
        var (height, width) = _pictures.Size;
        var channels = _pictures.Channels;
        Tensor Column(int row) => told[row].view(-1, 1);
        var rows = PictureViews.Reflected(Line(height) + Column(PictureDraw.Down), height);
        var across = Line(width);
        // Mirrored columns count from the other end: width - 1 - column.
        var columns = PictureViews.Reflected(across + Column(PictureDraw.Mirrored) * (width - 1 - 2 * across) + Column(PictureDraw.Right), width);
        var pixels = (Column(0) * height + rows).unsqueeze(2) * width + columns.unsqueeze(1);
        var bytes = pixels.unsqueeze(3) * channels + torch.arange(channels, ScalarType.Int64, told.device);
        return _pictures.Pictures.view(-1).index_select(0, bytes.view(-1)).view(bytes.shape);

        Tensor Line(long length) => torch.arange(length, ScalarType.Int64, told.device);
    }

    // bool [batch, 1, height, width]
    private Tensor Hole(Tensor told)
    {
        var (height, width) = _pictures.Size;
        var side = _options.Augmentation.Cutout;
        Tensor Inside(int row, long length)
        {
            // The middle lies anywhere in the picture, so that holes reach over its edge as often as not.
            var distance = torch.arange(length, ScalarType.Int64, told.device) - told[row].remainder(length).view(-1, 1) + side / 2;
            return distance.ge(0).logical_and(distance.lt(side));
        }
        return Inside(PictureDraw.HoleDown, height).unsqueeze(2).logical_and(Inside(PictureDraw.HoleRight, width).unsqueeze(1)).unsqueeze(1);
    }
}
