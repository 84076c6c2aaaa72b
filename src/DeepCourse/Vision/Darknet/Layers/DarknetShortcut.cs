namespace DeepCourse.Vision.Darknet.Layers;

/// <summary><c>[shortcut]</c>: the sum of the layer before and an earlier one of the same shape.</summary>
internal sealed class DarknetShortcut : DarknetLayer
{
    private readonly Func<Tensor, Tensor> _activation;

    private DarknetShortcut(DarknetPlace place, int from)
        : base(place, place.Input, [place.Previous, from]) =>
        _activation = DarknetActivation.Of(place.Section, "linear");

    public static DarknetShortcut Make(DarknetPlace place)
    {
        var from = place.Resolve(place.Section.Integer("from"), "from");
        if (place.Before[from] != place.Input)
            throw place.Section.Fault(
                $"layer {from} gives {place.Before[from]}, but the layer before gives {place.Input}; expected equal shapes", "from");
        return new(place, from);
    }

    public override Tensor forward(IReadOnlyList<Tensor> inputs)
    {
        using var scope = NewDisposeScope();
        return _activation(inputs[0] + inputs[1]).MoveToOuterDisposeScope();
    }
}
