namespace DeepCourse.Vision.Darknet.Layers;

/// <summary><c>[upsample]</c>: every pixel repeated in both directions.</summary>
internal sealed class DarknetUpsample : DarknetLayer
{
    private readonly int _stride;
    private readonly double _scale;

    private DarknetUpsample(DarknetPlace place, int stride)
        : base(place, place.Input with { Height = place.Input.Height * stride, Width = place.Input.Width * stride }) =>
        (_stride, _scale) = (stride, place.Section.Number("scale", 1));

    public static DarknetUpsample Make(DarknetPlace place) => new(place, place.Section.Integer("stride", 2, least: 1));

    public override Tensor forward(IReadOnlyList<Tensor> inputs)
    {
        using var scope = NewDisposeScope();
        var x = functional.interpolate(
            inputs[0], [inputs[0].shape[2] * _stride, inputs[0].shape[3] * _stride], mode: InterpolationMode.Nearest);
        return (_scale == 1 ? x : x * _scale).MoveToOuterDisposeScope();
    }
}
