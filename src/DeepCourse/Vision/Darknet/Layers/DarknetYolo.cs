namespace DeepCourse.Vision.Darknet.Layers;

/// <summary><c>[yolo]</c>: says what the map before it means; the numbers pass through.</summary>
internal sealed class DarknetYolo : DarknetLayer
{
    /// <summary>Numbers of an anchor besides those of the classes: x, y, width, height, objectness.</summary>
    public const int BoxValues = 5;

    private DarknetYolo(DarknetPlace place, IReadOnlyList<(double Width, double Height)> anchors, int classes)
        : base(place, place.Input) => (Anchors, Classes) = (anchors, classes);

    /// <summary>The anchors of this scale, in pixels of the network's input.</summary>
    public IReadOnlyList<(double Width, double Height)> Anchors { get; }

    public int Classes { get; }

    public override bool IsView => true;

    public static DarknetYolo Make(DarknetPlace place)
    {
        var section = place.Section;
        var (classes, count) = (section.Integer("classes", 20, least: 1), section.Integer("num", 1, least: 1));
        var sizes = section.Numbers("anchors");
        if (sizes.Count != 2 * count)
            throw section.Fault($"expected {count} pairs of numbers for 'anchors', got {sizes.Count} numbers", "anchors");
        if (sizes.Any(size => size <= 0)) throw section.Fault("expected 'anchors' above 0", "anchors");
        var mask = section.Has("mask") ? section.Integers("mask") : [.. Enumerable.Range(0, count)];
        foreach (var number in mask)
            if (number < 0 || number >= count)
                throw section.Fault($"expected numbers from 0 to {count - 1} for 'mask', got {number}", "mask");
        var channels = mask.Count * (BoxValues + classes);
        if (place.Input.Channels != channels)
            throw section.Fault(
                $"expected {channels} channels ({mask.Count} anchors x ({BoxValues} + {classes} classes)), "
                + $"the layer before gives {place.Input}");
        return new(place, [.. mask.Select(number => (sizes[2 * number], sizes[(2 * number) + 1]))], classes);
    }

    public override Tensor forward(IReadOnlyList<Tensor> inputs) => inputs[0].alias();
}
