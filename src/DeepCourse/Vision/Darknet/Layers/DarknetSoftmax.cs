namespace DeepCourse.Vision.Darknet.Layers;

/// <summary><c>[softmax]</c>: probabilities, over all numbers or within equal groups of them.</summary>
internal sealed class DarknetSoftmax : DarknetLayer
{
    private readonly int _groups;
    private readonly double _temperature;

    private DarknetSoftmax(DarknetPlace place, int groups)
        : base(place, new((int)place.Input.Size, 1, 1)) =>
        (_groups, _temperature) = (groups, place.Section.Number("temperature", 1));

    public static DarknetSoftmax Make(DarknetPlace place)
    {
        var section = place.Section;
        if (section.Has("tree")) throw section.Fault("trees of classes do not exist here", "tree");
        var groups = section.Integer("groups", 1, least: 1);
        return place.Input.Size % groups == 0
            ? new(place, groups)
            : throw section.Fault($"{groups} groups do not divide the {place.Input.Size} numbers that come in", "groups");
    }

    public override Tensor forward(IReadOnlyList<Tensor> inputs)
    {
        using var scope = NewDisposeScope();
        var x = inputs[0].flatten(1);
        var shares = functional.softmax(x.view(x.shape[0], _groups, -1) / _temperature, 2);
        return shares.view(x.shape[0], -1, 1, 1).MoveToOuterDisposeScope();
    }
}
