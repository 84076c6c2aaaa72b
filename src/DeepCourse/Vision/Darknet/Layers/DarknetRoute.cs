namespace DeepCourse.Vision.Darknet.Layers;

/// <summary><c>[route]</c>: the channels of earlier layers side by side, or one group of each one's channels.</summary>
internal sealed class DarknetRoute : DarknetLayer
{
    private readonly int _groups;
    private readonly int _group;

    private DarknetRoute(DarknetPlace place, DarknetShape shape, IReadOnlyList<int> sources, int groups, int group)
        : base(place, shape, sources) => (_groups, _group) = (groups, group);

    public override bool IsView => Sources.Count == 1;

    public static DarknetRoute Make(DarknetPlace place)
    {
        var section = place.Section;
        var sources = section.Integers("layers").Select(number => place.Resolve(number, "layers")).ToList();
        var (groups, group) = (section.Integer("groups", 1, least: 1), section.Integer("group_id", 0, least: 0));
        if (group >= groups) throw section.Fault($"expected 'group_id' below {groups}, got {group}", "group_id");
        var first = place.Before[sources[0]];
        var channels = 0;
        foreach (var source in sources)
        {
            var shape = place.Before[source];
            if ((shape.Height, shape.Width) != (first.Height, first.Width))
                throw section.Fault(
                    $"layer {source} gives {shape}, but layer {sources[0]} gives {first}; expected equal heights and widths",
                    "layers");
            if (shape.Channels % groups != 0)
                throw section.Fault($"{groups} groups do not divide the {shape.Channels} channels of layer {source}", "groups");
            channels += shape.Channels / groups;
        }

        return new(place, first with { Channels = channels }, sources, groups, group);
    }

    public override Tensor forward(IReadOnlyList<Tensor> inputs)
    {
        using var scope = NewDisposeScope();
        var parts = inputs.Select(Part).ToArray();
        return (parts.Length > 1 ? cat(parts, 1) : parts[0]).MoveToOuterDisposeScope();
    }

    private Tensor Part(Tensor input)
    {
        var channels = input.shape[1] / _groups;
        return input.narrow(1, _group * channels, channels);
    }
}
