using DeepCourse.Optimization;
using DeepCourse.Tensors;
using DeepCourse.Vision.Classification;

namespace DeepCourse.Tests.Vision.Classification;

/// <summary>The networks for small pictures: shapes, sizes as published, what they start as.</summary>
public sealed class NetworkTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public NetworkTests() => manual_seed(5);

    public void Dispose() => _scope.Dispose();

    public static TheoryData<string> Names => ["speednet", "darknet", "resnet", "bottleneck", "densenet", "inception"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Network_GivesScores_LearnsEverywhere_SavesAndLoads(string name)
    {
        using var network = Small(name);
        var images = randn(4, 3, 24, 24);
        if (network is SpeedNet { Whitening: { } whitening }) whitening.Learn(images);

        var scores = network.call(images);
        functional.cross_entropy(scores, tensor(new long[] { 0, 1, 2, 3 })).backward();

        Assert.Equal([4, 5], scores.shape);
        foreach (var (key, parameter) in network.named_parameters().Where(entry => entry.parameter.requires_grad))
            Assert.True(parameter.grad is not null, $"{key} got no gradient");
        using var other = Small(name);
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "network.safetensors");
        Weights.Save(network, path);
        Weights.Load(other, path);
        network.eval();
        other.eval();
        Assert.Equal(network.call(images).ReadFloats(), other.call(images).ReadFloats());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Network_LeavesNothing(string name)
    {
        using var network = Small(name);
        var images = randn(2, 3, 24, 24);
        using var frozen = no_grad();
        network.call(images).Dispose();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (NewDisposeScope()) network.call(images);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void DenseNet100_HasThePublishedNumberOfParameters()
    {
        using var network = new DenseNet(classes: 10);
        Assert.Equal(769_162, Parameters(network));
    }

    [Fact]
    public void SpeedNet_HasThePublishedNumberOfParameters()
    {
        using var network = new SpeedNet(new SpeedNetOptions());
        var filters = 9 * (24 * 64 + 64 * 64 + 64 * 256 + 3 * 256 * 256);
        Assert.Equal(24 + filters + 2 * (64 + 256 + 256) + 256 * 10, network.parameters().Where(parameter => parameter.requires_grad).Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void SpeedNet_KeepsItsFixedScales_FrozenOrNot()
    {
        using var network = new SpeedNet(new SpeedNetOptions());
        string[] Learning() => [.. network.named_parameters().Where(entry => entry.parameter.requires_grad).Select(entry => entry.name)];
        var before = Learning();
        var groups = ParameterGroups.Of(network);
        groups.Freeze();
        groups.FreezeTo(groups.Count);
        Assert.DoesNotContain(Learning(), name => name.EndsWith("norm1.weight", StringComparison.Ordinal));
        groups.Unfreeze();
        Assert.Equal(before, Learning());
        Assert.Equal(6, network.parameters().Count(parameter => !parameter.requires_grad));
    }

    [Fact]
    public void Darknet_HasTheCoursesPlan()
    {
        using var network = new MiniDarknet(classes: 10);
        var convolutions = network.modules().OfType<Conv2d>().ToList();
        Assert.Equal(1 + 5 + 2 * (1 + 2 + 4 + 6 + 3), convolutions.Count);
        Assert.Equal(1024, convolutions.Max(convolution => convolution.out_channels));
        // Every group halves but the second: 32 becomes 2.
        using var frozen = no_grad();
        var maps = new List<long>();
        using (new DeepCourse.Training.ForwardHooks(network, module => module is DeepCourse.Layers.ConvNorm, (_, _, output) => maps.Add(output.shape[2])))
            network.call(randn(1, 3, 32, 32));
        Assert.Equal([32, 16, 8, 4, 2], maps.Distinct());
    }

    [Fact]
    public void WideResnet_Has22Layers_SixTimesAsWide()
    {
        using var network = new PreActivationResnet(PreActivationOptions.WideResnet22());
        var large = network.modules().OfType<Conv2d>().Where(convolution => convolution.named_parameters().First().parameter.shape[2] == 3).ToList();
        Assert.Equal(1 + 3 * 3 * 2, large.Count);
        Assert.Equal([16, 96, 192, 384], large.Select(convolution => convolution.out_channels).Distinct());
    }

    [Fact]
    public void ZeroInitialised_BlocksStartAsTheirShortcut()
    {
        using var network = new PreActivationResnet(new(Classes: 5) { Stem = 8, Widths = [8], Blocks = [3], ZeroInitialised = true });
        var blocks = network.modules().OfType<Sequential>().First();
        var input = randn(2, 8, 6, 6);
        Assert.Equal(input.ReadFloats(), blocks.call(input).ReadFloats());
    }

    [Fact]
    public void SpeedNet_ConvolutionsStartByPassingOn()
    {
        using var network = new SpeedNet(new SpeedNetOptions(5).Scaled(8));
        var square = network.modules().OfType<Conv2d>().First(convolution => convolution.in_channels == convolution.out_channels);
        var input = randn(1, square.in_channels, 5, 5);
        Assert.Equal(input.ReadFloats(), square.call(input).ReadFloats());
    }

    [Fact]
    public void SpeedNet_GroupsHoldEverything()
    {
        using var network = new SpeedNet(new SpeedNetOptions(5).Scaled(8));
        Assert.Equal(3, ParameterGroups.Of(network).Count);
        using var plain = new SpeedNet(new SpeedNetOptions(5) { Whitens = false }.Scaled(8));
        Assert.Null(plain.Whitening);
        Assert.Equal(3, ParameterGroups.Of(plain).Count);
    }

    [Fact]
    public void Work_CountsMultiplications()
    {
        using var network = new SpeedNet(new SpeedNetOptions());

        var work = NetworkWork.Of(network, zeros(2, 3, 32, 32));

        long Convolution(long places, long inputs, long outputs) => places * inputs * outputs * 9;
        var expected = 31 * 31 * 24 * 12
            + Convolution(31 * 31, 24, 64) + Convolution(15 * 15, 64, 64)
            + Convolution(15 * 15, 64, 256) + Convolution(7 * 7, 256, 256)
            + Convolution(7 * 7, 256, 256) + Convolution(3 * 3, 256, 256)
            + 256 * 10;
        Assert.Equal(expected, work.Multiplications);
        Assert.Equal(6.0 * expected, work.TrainingFlops);
        Assert.Equal(8, work.Layers.Count);
        Assert.True(network.training);
    }

    private static Module<Tensor, Tensor> Small(string name) => name switch
    {
        "speednet" => new SpeedNet(new SpeedNetOptions(5).Scaled(8)),
        "darknet" => new MiniDarknet(5, [1, 2], width: 4),
        "resnet" => new PreActivationResnet(new(Classes: 5) { Stem = 8, Widths = [8, 16], Blocks = [1, 2], ConcatPooling = true }),
        "bottleneck" => new PreActivationResnet(new(Classes: 5) { Stem = 8, Widths = [16, 32], Blocks = [1, 2], Bottleneck = true, ResidualScale = 0.2 }),
        "densenet" => new DenseNet(5, depth: 10, growth: 4),
        _ => new InceptionNet(5, width: 16, blocks: 1),
    };

    private static long Parameters(Module network) => network.parameters().Sum(parameter => parameter.numel());
}
