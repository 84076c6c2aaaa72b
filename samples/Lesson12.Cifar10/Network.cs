using DeepCourse.Vision.Classification;

namespace Lesson12;

/// <summary>What a network is made for.</summary>
/// <param name="Classes">The number of classes.</param>
/// <param name="Channels">Channels of the pictures.</param>
/// <param name="Width">How wide, in the unit of the network.</param>
/// <param name="Whitens">Whether a network that can takes its first filters from the pictures.</param>
internal sealed record NetworkShape(int Classes, int Channels, int Width, bool Whitens = true);

/// <summary>A network of the lesson, with the recipe it was published with.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Title">What the report calls it.</param>
/// <param name="Make">Makes it.</param>
internal sealed record Network(string Name, string Title, Func<NetworkShape, Module<Tensor, Tensor>> Make)
{
    private const double MuonRate = 0.24;

    /// <summary>The width of the publication.</summary>
    internal int Width { get; init; }

    /// <summary>A width for two CPU cores and minutes.</summary>
    internal int CpuWidth { get; init; }

    internal int SmokeWidth { get; init; } = 16;

    internal int BatchSize { get; init; } = 256;

    /// <summary>The highest rate of stochastic gradient descent.</summary>
    internal double Rate { get; init; } = 0.4;

    internal bool UsesMuon { get; init; }

    internal string Schedule { get; init; } = "one-cycle";

    internal double WeightDecay { get; init; } = 5e-4;

    /// <summary>Sides of pictures under this one vanish on the way through the network.</summary>
    internal int SmallestSize { get; init; } = 8;

    internal static IReadOnlyList<Network> All { get; } =
    [
        new("speednet", "the network of the speed records", Speed)
        {
            Width = 64, CpuWidth = 64, SmokeWidth = 8, BatchSize = 2000, Rate = 2, UsesMuon = true, Schedule = "linear", SmallestSize = 18,
        },
        new("darknet", "mini-Darknet", shape => new MiniDarknet(shape.Classes, width: shape.Width, channels: shape.Channels))
        {
            Width = 32, CpuWidth = 16, SmokeWidth = 4, Rate = 1.3, Schedule = "dawnbench", WeightDecay = 1e-4, SmallestSize = 16,
        },
        new("darknet-small", "mini-Darknet with two blocks a group", shape => new MiniDarknet(shape.Classes, [2, 2, 2, 2], shape.Width, shape.Channels, normMomentum: 0.1))
        {
            Width = 32, CpuWidth = 16, SmokeWidth = 4, Rate = 0.8, Schedule = "dawnbench", WeightDecay = 1e-4, SmallestSize = 16,
        },
        new("resnet18", "ResNet-18, normalised before its convolutions", shape => new PreActivationResnet(Basic(shape)))
        {
            Width = 64, CpuWidth = 32,
        },
        new("resnet18-plus", "the same with zeros at the start and concat pooling", shape => new PreActivationResnet(Basic(shape) with { ZeroInitialised = true, ConcatPooling = true }))
        {
            Width = 64, CpuWidth = 32,
        },
        new("resnet50", "ResNet-50's blocks at the size of small pictures", shape => new PreActivationResnet(Bottleneck(shape)))
        {
            Width = 64, CpuWidth = 16,
        },
        new("wrn22", "wide residual network of 22 layers", shape => new PreActivationResnet(PreActivationOptions.WideResnet22(shape.Width, shape.Classes) with { Channels = shape.Channels }))
        {
            Width = 6, CpuWidth = 2, SmokeWidth = 1, BatchSize = 512, Rate = 1.5, Schedule = "dawnbench", WeightDecay = 1e-4,
        },
        new("densenet", "DenseNet-BC of 100 layers", shape => new DenseNet(shape.Classes, shape.Width > 4 ? 100 : 22, shape.Width, shape.Channels))
        {
            Width = 12, CpuWidth = 12, SmokeWidth = 4, WeightDecay = 1e-4,
        },
        new("inception", "Inception's blocks", shape => new InceptionNet(shape.Classes, shape.Width, channels: shape.Channels))
        {
            Width = 128, CpuWidth = 64, Rate = 0.2,
        },
    ];

    internal static Network Find(string name) => All.First(network => network.Name == name);

    internal int WidthOn(torch.Device device, bool smoke) => smoke ? SmokeWidth : device.type == DeviceType.CPU ? CpuWidth : Width;

    /// <summary>The highest rate where nobody gives one.</summary>
    internal double RateOf(bool usesMuon) => usesMuon ? MuonRate : Rate;

    private static SpeedNet Speed(NetworkShape shape) =>
        new(new SpeedNetOptions(shape.Classes) { Channels = shape.Channels, Whitens = shape.Whitens }.Scaled(shape.Width));

    private static PreActivationOptions Basic(NetworkShape shape) => PreActivationOptions.Resnet18(shape.Classes) with
    {
        Channels = shape.Channels,
        Stem = shape.Width,
        Widths = [shape.Width, 2 * shape.Width, 4 * shape.Width, 8 * shape.Width],
    };

    private static PreActivationOptions Bottleneck(NetworkShape shape) => Basic(shape) with
    {
        Widths = [4 * shape.Width, 8 * shape.Width, 16 * shape.Width, 32 * shape.Width],
        Blocks = [3, 4, 6, 3],
        Bottleneck = true,
    };
}
