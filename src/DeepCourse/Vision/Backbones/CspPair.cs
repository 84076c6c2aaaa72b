namespace DeepCourse.Vision.Backbones;

/// <summary>Two convolutions at half the channels, the second on the first; both outputs side by side.</summary>
internal sealed class CspPair : Module<Tensor, Tensor>
{
    private readonly Conv2d first;
    private readonly Conv2d second;

    public CspPair(int channels)
        : base(nameof(CspPair))
    {
        first = Conv2d(channels, channels / 2, kernel_size: 3, stride: 1, padding: 1);
        second = Conv2d(channels / 2, channels / 2, kernel_size: 3, stride: 1, padding: 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var narrow = CspStage.Activate(first.call(input));
        return cat([CspStage.Activate(second.call(narrow)), narrow], dim: 1).MoveToOuterDisposeScope();
    }
}
