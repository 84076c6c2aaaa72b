namespace DeepCourse.Vision.Backbones;

/// <summary>The residual block of ResNet-50: 1x1, 3x3, 1x1 with four times the channels (He et al. 2016, figure 5 right).</summary>
internal sealed class BottleneckBlock : Module<Tensor, Tensor>
{
    internal const int Expansion = 4;

    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Conv2d conv3;
    private readonly BatchNorm2d bn3;
    private readonly Sequential? downsample;

    public BottleneckBlock(int inputs, int channels, int stride)
        : base(nameof(BottleneckBlock))
    {
        var outputs = channels * Expansion;
        conv1 = Conv2d(inputs, channels, kernel_size: 1, bias: false);
        bn1 = BatchNorm2d(channels);
        conv2 = Conv2d(channels, channels, kernel_size: 3, stride: stride, padding: 1, bias: false);
        bn2 = BatchNorm2d(channels);
        conv3 = Conv2d(channels, outputs, kernel_size: 1, bias: false);
        bn3 = BatchNorm2d(outputs);
        downsample = stride == 1 && inputs == outputs
            ? null
            : Sequential(Conv2d(inputs, outputs, kernel_size: 1, stride: stride, bias: false), BatchNorm2d(outputs));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = functional.relu(bn1.call(conv1.call(input)), inplace: true);
        x = functional.relu(bn2.call(conv2.call(x)), inplace: true);
        x = bn3.call(conv3.call(x));
        x = x.add_(downsample is null ? input : downsample.call(input));
        return functional.relu(x, inplace: true).MoveToOuterDisposeScope();
    }
}
