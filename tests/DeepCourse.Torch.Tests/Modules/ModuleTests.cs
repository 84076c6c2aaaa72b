namespace DeepCourse.Torch.Tests.Modules;

public class ModuleTests
{
    [Fact]
    public void RegisterComponents_FindsPrivateAndInheritedFields_BaseClassFirst()
    {
        using var net = new Net();
        Assert.Equal(
            ["stem.weight", "stem.bias", "head.weight", "head.bias", "scale"],
            net.named_parameters().OrderBy(entry => entry.name == "scale").Select(entry => entry.name));
        Assert.Equal(["offset"], net.named_buffers().Select(entry => entry.name));
        Assert.Equal(["stem", "head", "activation"], net.named_children().Select(entry => entry.name));
    }

    [Fact]
    public void StateDict_ListsOwnTensorsBeforeThoseOfChildren() =>
        Assert.Equal(
            ["scale", "offset", "stem.weight", "stem.bias", "head.weight", "head.bias"], new Net().state_dict().Keys);

    [Fact]
    public void RegisterComponents_CalledAgain_ChangesNothing()
    {
        using var outer = Sequential(("net", new Net()));
        Assert.Equal(5, outer.parameters().Count());
    }

    [Fact]
    public void NamedModules_GivesDottedNames_ParentsFirst()
    {
        using var outer = Sequential(("a", Sequential(("b", Linear(1, 1)), ("c", ReLU()))), ("d", ReLU()));
        Assert.Equal(["a", "a.b", "a.c", "d"], outer.named_modules().Select(entry => entry.name));
    }

    [Fact]
    public void Train_ReachesAllModules()
    {
        using var net = Sequential(Sequential(Dropout()), new Net());
        net.eval();
        Assert.All(net.modules(), module => Assert.False(module.training));
        net.train();
        Assert.All(net.modules(), module => Assert.True(module.training));
    }

    [Fact]
    public void Apply_VisitsChildrenBeforeTheirParent()
    {
        var seen = new List<string>();
        using var net = Sequential(Linear(1, 1), Sequential(ReLU()));
        net.apply(module => seen.Add(module.GetName()));
        Assert.Equal(["Linear", "ReLU", "Sequential", "Sequential"], seen);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ZeroGrad_RemovesOrClearsGradients(bool toNone)
    {
        using var scope = NewDisposeScope();
        using var net = Linear(2, 1);
        net.call(ones(1, 2)).sum().backward();

        net.zero_grad(toNone);

        if (toNone) Assert.Null(net.weight.grad);
        else Assert.Equal(0, net.weight.grad!.abs().sum().item<float>());
    }

    [Fact]
    public void GetParameterAndBuffer_FollowDottedNames()
    {
        using var net = Sequential(("body", new Net()));
        Assert.Same(((Net)net[0]).head.weight, net.get_parameter("body.head.weight"));
        Assert.Same(((Net)net[0]).Offset, net.get_buffer("body.offset"));
        Assert.False(net.has_parameter("body.tail.weight"));
        Assert.False(net.has_buffer("body.head.weight"));
    }

    [Fact]
    public void TiedParameter_IsListedOnce_ButHasBothKeys()
    {
        using var tied = new Tied();
        Assert.Equal(["encode.weight"], tied.named_parameters().Select(entry => entry.name));
        Assert.Equal(["encode.weight", "decode.weight"], tied.state_dict().Keys);
    }

    [Fact]
    public void SettingAParameter_ReplacesItInTheRegistry()
    {
        using var layer = Linear(2, 1);
        var old = layer.weight;

        layer.weight = new Parameter(ones(1, 2));
        layer.bias = null;

        Assert.True(old.IsInvalid);
        Assert.Same(layer.weight, Assert.Single(layer.parameters()));
        using var sum = layer.call(ones(1, 2));
        Assert.Equal(2, sum.item<float>());
    }

    [Fact]
    public void Register_RefusesTakenAndUnusableNames()
    {
        using var net = Sequential();
        net.register_module("a", ReLU());
        Assert.Throws<InvalidOperationException>(() => net.register_module("a", Tanh()));
        Assert.Throws<ArgumentException>(() => net.register_module("b.c", Tanh()));
        Assert.Throws<InvalidOperationException>(() => ReLU().register_buffer("mean", ones(1)));
    }

    [Fact]
    public void Dispose_FreesParametersBuffersAndChildren()
    {
        var net = Sequential(new Net(), BatchNorm1d(2));
        var tensors = net.state_dict().Values.ToArray();
        net.Dispose();
        Assert.All(tensors, tensor => Assert.True(tensor.IsInvalid));
        net.Dispose();
    }

    [Fact]
    public void Module_MadeInsideAScope_OutlivesIt()
    {
        Net net;
        using (NewDisposeScope()) net = new Net();
        using (net) Assert.All(net.state_dict().Values, tensor => Assert.False(tensor.IsInvalid));
    }

    [Fact]
    public void Parameter_OfComputedTensor_IsALeaf()
    {
        using var scope = NewDisposeScope();
        var source = ones(2, requires_grad: true);
        var parameter = new Parameter(source * 2);
        Assert.True(parameter.is_leaf);
        Assert.True(parameter.requires_grad);
        Assert.False(new Parameter(ones(1), requires_grad: false).requires_grad);
    }

    [Fact]
    public void ModuleThatForgotToRegister_IsRegisteredByItsParent()
    {
        using var outer = Sequential(new Remembering(registers: false));
        Assert.Equal(["0.layer.weight", "0.layer.bias"], outer.state_dict().Keys);
    }

    [Fact]
    public void TensorKeptByForward_IsNoBuffer_WhenTheModuleIsPutIntoAnother()
    {
        using var inner = new Remembering(registers: true);
        using var input = ones(1, 1);
        using var kept = inner.call(input);
        using var outer = Sequential(inner);
        Assert.Empty(outer.named_buffers());
    }

    private sealed class Remembering : Module<Tensor, Tensor>
    {
        private readonly Linear layer = Linear(1, 1);
        private Tensor? last;

        public Remembering(bool registers) : base(nameof(Remembering))
        {
            if (registers) RegisterComponents();
        }

        public override Tensor forward(Tensor input) => last = layer.call(input);

        public override string ToString() => $"{last}";
    }
}
