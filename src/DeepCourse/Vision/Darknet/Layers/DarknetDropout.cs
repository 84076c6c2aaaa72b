namespace DeepCourse.Vision.Darknet.Layers;

/// <summary><c>[dropout]</c>: in training, zeros in random places.</summary>
internal sealed class DarknetDropout : DarknetLayer
{
    private readonly double _share;

    private DarknetDropout(DarknetPlace place, double share)
        : base(place, place.Input) => _share = share;

    public override bool IsView => true;

    public static DarknetDropout Make(DarknetPlace place)
    {
        var share = place.Section.Number("probability", 0.5);
        return share is >= 0 and < 1
            ? new(place, share)
            : throw place.Section.Fault($"expected a share from 0 to below 1 for 'probability', got {share}", "probability");
    }

    public override Tensor forward(IReadOnlyList<Tensor> inputs) =>
        training ? functional.dropout(inputs[0], _share, training: true) : inputs[0].alias();
}
