namespace DeepCourse.Vision.Backbones;

/// <summary>The residual block of ResNet-18 and 34: two 3x3 convolutions (He et al. 2016, figure 5 left).</summary>
internal sealed class BasicBlock : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Sequential? downsample;

    public BasicBlock(int inputs, int channels, int stride)
        : base(nameof(BasicBlock))
    {
        conv1 = Conv2d(inputs, channels, kernel_size: 3, stride: stride, padding: 1, bias: false);
        bn1 = BatchNorm2d(channels);
        conv2 = Conv2d(channels, channels, kernel_size: 3, stride: 1, padding: 1, bias: false);
        bn2 = BatchNorm2d(channels);
        downsample = stride == 1 && inputs == channels
            ? null
            : Sequential(Conv2d(inputs, channels, kernel_size: 1, stride: stride, bias: false), BatchNorm2d(channels));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = functional.relu(bn1.call(conv1.call(input)), inplace: true);
        x = bn2.call(conv2.call(x));
        x = x.add_(downsample is null ? input : downsample.call(input));
        return functional.relu(x, inplace: true).MoveToOuterDisposeScope();
    }
}
