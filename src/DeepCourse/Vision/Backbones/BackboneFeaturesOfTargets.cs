using DeepCourse.Data;

namespace DeepCourse.Vision.Backbones;

/// <summary>
/// What a frozen network makes of every picture, computed once and kept, so that the head on it trains many times faster
/// than with the network in the loop.
/// </summary>
/// <typeparam name="TY">Targets of a batch.</typeparam>
/// <remarks>
/// <para>Augmentation happens before the network, so it has to be drawn beforehand: with several variants, each picture
/// is computed that often, in as many epochs of its loader, and an epoch of training meets one of them by chance.</para>
/// <para>Values are kept as float16 (relative error under 0.0005) on the CPU and delivered as float32.</para>
/// </remarks>
public sealed class BackboneFeatures<TY> : IDisposable
{
    private readonly Func<IReadOnlyList<Tensor>, TY> _join;

    internal BackboneFeatures(
        Tensor values, IReadOnlyList<Tensor> targets, Func<IReadOnlyList<Tensor>, TY> join, int itemCount, int variants) =>
        (Values, Targets, _join, ItemCount, Variants) = (values, targets, join, itemCount, variants);

    /// <summary>Features, [variants * items, ...], all items of the first variant first; float16, on the CPU.</summary>
    public Tensor Values { get; }

    /// <summary>The number of pictures.</summary>
    public int ItemCount { get; }

    /// <summary>How often each picture was computed.</summary>
    public int Variants { get; }

    private IReadOnlyList<Tensor> Targets { get; }

    /// <summary>Walks through the features; each epoch meets one variant of every picture that the sampler names.</summary>
    /// <param name="options">Batch size, order, seed and device; workers and prefetch do not apply.</param>
    /// <returns>A loader that lives no longer than the features.</returns>
    public ILoader<Tensor, TY> Load(LoaderOptions options) => new FeatureLoader<TY>(this, options);

    /// <summary>Frees the features.</summary>
    public void Dispose()
    {
        Values.Dispose();
        foreach (var target in Targets) target.Dispose();
    }

    internal Batch<Tensor, TY> Pick(long[] rows, torch.Device? device)
    {
        using var indices = torch.tensor(rows);
        using var half = Values.index_select(0, indices);
        var inputs = half.to(ScalarType.Float32);
        Tensor[] targets = [.. Targets.Select(target => target.index_select(0, indices))];
        if (device is not null)
        {
            inputs = inputs.Place(device);
            for (var part = 0; part < targets.Length; part++) targets[part] = targets[part].Place(device);
        }

        return new(inputs, _join(targets), rows.Length);
    }
}
