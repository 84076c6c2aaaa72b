namespace DeepCourse.Benchmarks;

/// <summary>A small U-Net: three halvings, and a decoder that doubles the map, joins it with the encoder's and convolves twice;
/// the same as in Peers/models.py.</summary>
/// <remarks>Ronneberger et al. 2015 (arXiv 1505.04597), with doubled pixels in place of transposed convolutions.</remarks>
internal sealed class SmallUnet : Module<Tensor, Tensor>
{
    private static readonly long[] widths = [16, 32, 64];

    private readonly ModuleList<Sequential> down = new();
    private readonly Sequential bottom;
    private readonly ModuleList<Sequential> up = new();
    private readonly Conv2d head = Conv2d(16, 1, 1);

    internal SmallUnet() : base(nameof(SmallUnet))
    {
        long inputs = 3;
        foreach (var width in widths)
        {
            down.Add(Twice(inputs, width));
            inputs = width;
        }
        bottom = Twice(64, 128);
        inputs = 128;
        foreach (var width in Enumerable.Reverse(widths))
        {
            up.Add(Twice(inputs + width, width));
            inputs = width;
        }
        RegisterComponents();
    }

    public override Tensor forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        var (x, maps) = (images, new List<Tensor>());
        foreach (var stage in down)
        {
            x = stage.call(x);
            maps.Add(x);
            x = functional.max_pool2d(x, 2);
        }
        x = bottom.call(x);
        for (var i = 0; i < up.Count; i++)
        {
            var larger = functional.interpolate(x, scale_factor: [2, 2], mode: InterpolationMode.Nearest);
            x = up[i].call(cat([larger, maps[^(i + 1)]], 1));
        }
        return head.call(x).MoveToOuterDisposeScope();
    }

    private static Sequential Twice(long inputs, long outputs) => Sequential(
        Conv2d(inputs, outputs, 3, padding: 1, bias: false), BatchNorm2d(outputs), ReLU(inplace: true),
        Conv2d(outputs, outputs, 3, padding: 1, bias: false), BatchNorm2d(outputs), ReLU(inplace: true));
}
