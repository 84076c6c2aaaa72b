namespace DeepCourse.Vision.Darknet.Layers;

/// <summary><c>[maxpool]</c>: the largest value of each window.</summary>
/// <remarks>Darknet's <c>padding</c> is that of both sides together, the smaller half of it on the left and on top, and
/// is one less than the window unless it is told: a window of 2 with stride 1 keeps the size.</remarks>
internal sealed class DarknetMaxPool : DarknetLayer
{
    private readonly int _size;
    private readonly int _stride;
    private readonly int _padding;

    private DarknetMaxPool(DarknetPlace place, DarknetShape shape, int size, int stride, int padding)
        : base(place, shape) => (_size, _stride, _padding) = (size, stride, padding);

    public static DarknetMaxPool Make(DarknetPlace place)
    {
        var (section, input) = (place.Section, place.Input);
        var stride = section.Integer("stride", 1, least: 1);
        var size = section.Integer("size", stride, least: 1);
        var padding = section.Integer("padding", size - 1, least: 0);
        if (padding >= 2 * size) throw section.Fault($"expected 'padding' below {2 * size}, got {padding}", "padding");
        if (Math.Min(input.Height, input.Width) + padding < size)
            throw section.Fault($"a window of {size} does not fit an input of {input} with a padding of {padding}", "size");
        return new(place, new(input.Channels, Side(input.Height), Side(input.Width)), size, stride, padding);

        int Side(int pixels) => ((pixels + padding - size) / stride) + 1;
    }

    public override Tensor forward(IReadOnlyList<Tensor> inputs)
    {
        using var scope = NewDisposeScope();
        var (before, after) = (_padding / 2, _padding - (_padding / 2));
        // Windows that would only reach into the padding by what the stride skips need none.
        var x = before == 0 && Fits(inputs[0].shape[2]) && Fits(inputs[0].shape[3])
            ? inputs[0]
            : functional.pad(inputs[0], (before, after, before, after), value: double.NegativeInfinity);
        return functional.max_pool2d(x, kernel_size: _size, stride: _stride).MoveToOuterDisposeScope();
    }

    private bool Fits(long pixels) => (pixels + _padding - _size) / _stride == (pixels - _size) / _stride && pixels >= _size;
}
