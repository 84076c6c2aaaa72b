using DeepCourse.Vision.Backbones;

namespace DeepCourse.Vision.Detection.Heads;

/// <summary>The head of one level of NanoDet-g: a 3x3 convolution, then a 1x1 that gives classes and boxes at
/// once.</summary>
internal sealed class NanoDetBranch : Module<Tensor, Tensor>
{
    private readonly Conv2d conv;
    private readonly Conv2d output;

    public NanoDetBranch(int channels, int outputs)
        : base(nameof(NanoDetBranch))
    {
        conv = Conv2d(channels, channels, kernel_size: 3, padding: 1);
        output = Conv2d(channels, outputs, kernel_size: 1);
        RegisterComponents();
        init.kaiming_normal_(conv.weight!, CspStage.Slope);
        init.zeros_(conv.bias!);
        init.normal_(output.weight!, 0, 0.01);
        init.zeros_(output.bias!);
    }

    public Tensor OutputBias => output.bias!;

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return output.call(CspStage.Activate(conv.call(input))).MoveToOuterDisposeScope();
    }
}
