using System.Text;
using DeepCourse.Tensors;
using DeepCourse.Vision.Backbones;

namespace DeepCourse.Vision.Darknet;

/// <summary>The body of YOLOv3: 52 convolutions in five stages of residual blocks, 40.6 million parameters, 256, 512 and
/// 1024 channels at strides 8, 16 and 32.</summary>
/// <remarks>Redmon and Farhadi 2018 (arXiv 1804.02767), table 1, without the final pooling and linear layer. The layers
/// are numbered as in <c>darknet53.cfg</c> and <c>yolov3.cfg</c>, so that <c>darknet53.conv.74</c> loads.</remarks>
public sealed class Darknet53 : Backbone
{
    private const int LastLayer = 74;

    private static readonly int[] taps = [36, 61, LastLayer];

    private readonly DarknetNetwork network;

    /// <summary>Makes the network with random weights (He et al. 2015).</summary>
    public Darknet53()
        : base("Darknet-53")
    {
        network = new DarknetNetwork(DarknetConfig.Parse(Sections(), "darknet53"));
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FeatureLevel> Levels { get; } = [new(8, 256), new(16, 512), new(32, 1024)];

    /// <inheritdoc/>
    /// <remarks>Darknet's networks take values in 0..1 as they are.</remarks>
    public override ImageStatistics Statistics => ImageStatistics.None;

    /// <inheritdoc/>
    public override IReadOnlyList<IReadOnlyList<Module>> LayerGroups =>
        [[.. network.Layers.Take(taps[0] + 1)], [.. network.Layers.Skip(taps[0] + 1)]];

    /// <summary>Makes the network with the weights of a file.</summary>
    /// <param name="path">A <c>.weights</c> file that holds exactly the body, such as <c>darknet53.conv.74</c> from
    /// pjreddie.com/media/files.</param>
    /// <returns>The network in float32 on the CPU, in training mode.</returns>
    /// <exception cref="DataFormatException">The file is too short or too long.</exception>
    public static Darknet53 Pretrained(string path)
    {
        var body = new Darknet53();
        DarknetWeights.Load(body.network, path);
        return body;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Features(Tensor images) => network.Run(images, taps);

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => network.Run(input, [LastLayer])[0];

    private static string Sections()
    {
        var text = new StringBuilder("[net]\nwidth=256\nheight=256\nchannels=3\n");
        Convolution(32, size: 3, stride: 1);
        foreach (var (channels, blocks) in (ReadOnlySpan<(int, int)>)[(64, 1), (128, 2), (256, 8), (512, 8), (1024, 4)])
        {
            Convolution(channels, size: 3, stride: 2);
            for (var block = 0; block < blocks; block++)
            {
                Convolution(channels / 2, size: 1, stride: 1);
                Convolution(channels, size: 3, stride: 1);
                text.Append("[shortcut]\nfrom=-3\nactivation=linear\n");
            }
        }

        return text.ToString();

        void Convolution(int filters, int size, int stride) => text.Append(
            $"[convolutional]\nbatch_normalize=1\nfilters={filters}\nsize={size}\nstride={stride}\npad=1\nactivation=leaky\n");
    }
}
