namespace DeepCourse.Torch.Tests.Modules;

public class MoveTests
{
    [Fact]
    public void ToDtype_ReplacesParametersInFieldsAndRegistry()
    {
        using var scope = NewDisposeScope();
        using var net = new Net();
        var old = net.head.weight;

        Assert.Same(net, net.to(ScalarType.Float64));

        Assert.True(old.IsInvalid);
        Assert.Equal(ScalarType.Float64, net.head.weight.dtype);
        Assert.Equal(ScalarType.Float64, net.Scale.dtype);
        Assert.Equal(ScalarType.Float64, net.Offset.dtype);
        Assert.All(net.parameters(), parameter => Assert.True(parameter is { is_leaf: true, requires_grad: true }));
        using var output = net.call(ones(1, 4, ScalarType.Float64));
        Assert.Equal(ScalarType.Float64, output.dtype);
    }

    [Fact]
    public void ToSameDtype_KeepsTheObjects()
    {
        using var layer = Linear(2, 2);
        var weight = layer.weight;
        layer.to(ScalarType.Float32).to(CPU);
        Assert.Same(weight, layer.weight);
        Assert.False(weight.IsInvalid);
    }

    [Fact]
    public void ToDtype_KeepsIntegerBuffersAndGradients()
    {
        using var scope = NewDisposeScope();
        using var net = Sequential(Linear(2, 2), BatchNorm1d(2));
        net.call(randn(3, 2)).sum().backward();

        net.@double();

        Assert.Equal(ScalarType.Int64, net.get_buffer("1.num_batches_tracked")!.dtype);
        Assert.Equal(ScalarType.Float64, net.get_parameter("0.bias")!.grad!.dtype);
    }

    [Fact]
    public void ToDtype_KeepsTiedParametersTied()
    {
        using var tied = new Tied();
        tied.to(ScalarType.Float64);
        Assert.Same(tied.encode.weight, tied.decode.weight);
        Assert.False(tied.encode.weight.IsInvalid);
    }

    [Fact]
    public void ToIntegerType_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Linear(1, 1).to(ScalarType.Int64));

    [SkippableFact]
    public void ToCuda_WithoutCuda_IsRefused()
    {
        Skip.If(cuda.is_available(), "this machine has CUDA");
        Assert.Throws<InvalidOperationException>(() => Linear(1, 1).cuda());
    }

    [Fact]
    public void Layers_StartInTheDefaultType()
    {
        set_default_dtype(ScalarType.Float64);
        try
        {
            using var net = Sequential(Linear(2, 2), BatchNorm1d(2), PReLU(2));
            Assert.All(net.parameters(), parameter => Assert.Equal(ScalarType.Float64, parameter.dtype));
        }
        finally
        {
            set_default_dtype(ScalarType.Float32);
        }
    }

    [Fact]
    public void ParametersOfContainers_MoveToo()
    {
        using var list = new ParameterList(new Parameter(ones(1)), new Parameter(ones(2)));
        using var dictionary = ParameterDict(("a", new Parameter(ones(1))));
        list.to(ScalarType.Float64);
        dictionary.to(ScalarType.Float64);
        Assert.All(list, parameter => Assert.Equal(ScalarType.Float64, parameter.dtype));
        Assert.Equal(ScalarType.Float64, dictionary["a"].dtype);
    }

    [Fact]
    public void To_ReachesChildrenThroughTheirOwnMethod()
    {
        using var net = Sequential(new Counting(), ReLU());
        net.to(ScalarType.Float64).to(CPU).to(CPU, ScalarType.Float32);
        Assert.Equal(3, ((Counting)net[0]).Moves);
    }

    private sealed class Counting() : Module<Tensor, Tensor>(nameof(Counting))
    {
        public int Moves { get; private set; }

        public override Tensor forward(Tensor input) => input.alias();

        protected internal override Module _to(ScalarType dtype, bool non_blocking) =>
            Counted(base._to(dtype, non_blocking));

        protected internal override Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) =>
            Counted(base._to(deviceType, deviceIndex, non_blocking));

        protected internal override Module _to(Device device, ScalarType dtype, bool non_blocking) =>
            Counted(base._to(device, dtype, non_blocking));

        private Module Counted(Module module)
        {
            Moves++;
            return module;
        }
    }
}
