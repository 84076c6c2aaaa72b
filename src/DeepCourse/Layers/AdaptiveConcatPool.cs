namespace DeepCourse.Layers;

/// <summary>The largest and the mean activation of each channel, side by side.</summary>
/// <remarks>Input [batch, channels, height, width], output [batch, 2 * channels, size, size]: maxima first.</remarks>
public sealed class AdaptiveConcatPool : Module<Tensor, Tensor>
{
    private readonly long _size;

    /// <summary>Pools to a square of cells.</summary>
    /// <param name="size">Its side, in cells.</param>
    public AdaptiveConcatPool(long size = 1) : base(nameof(AdaptiveConcatPool))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        _size = size;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var largest = functional.adaptive_max_pool2d(input, [_size, _size]);
        var mean = functional.adaptive_avg_pool2d(input, [_size, _size]);
        return cat([largest, mean], 1).MoveToOuterDisposeScope();
    }
}
