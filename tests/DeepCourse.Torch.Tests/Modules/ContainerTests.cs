namespace DeepCourse.Torch.Tests.Modules;

public class ContainerTests
{
    [Fact]
    public void Sequential_NamesModulesByPositionOrByName()
    {
        using var plain = Sequential(Linear(1, 2), Sequential(Linear(2, 3)));
        using var named = Sequential(("stem", Linear(1, 2)), ("head", Linear(2, 3, false)));
        Assert.Equal(["0.weight", "0.bias", "1.0.weight", "1.0.bias"], plain.state_dict().Keys);
        Assert.Equal(["stem.weight", "stem.bias", "head.weight"], named.state_dict().Keys);
    }

    [Fact]
    public void Sequential_OfNothing_ReturnsTheInputAsATensorOfItsOwn()
    {
        using var input = ones(2);
        using var output = Sequential().call(input);
        Assert.NotSame(input, output);
        Assert.True(input.Equals(output));
    }

    [Fact]
    public void Sequential_DisposesWhatIsInBetween_AndLeavesItsInputAlone()
    {
        using var net = Sequential(Identity(), ReLU(inplace: true), Linear(2, 2), Dropout(), Tanh());
        using var input = ones(1, 2);
        var before = Tensor.TotalCount;
        using var output = net.call(input);
        Assert.Equal(before + 1, Tensor.TotalCount);
        Assert.False(input.IsInvalid);
    }

    [Fact]
    public void Sequential_Appended_AndSliced()
    {
        using var net = Sequential().append(Linear(1, 2)).append("act", ReLU()).append(Linear(2, 1));
        Assert.Equal(3, net.Count);
        Assert.Equal(["0", "act", "2"], net.named_children().Select(entry => entry.name));
        Assert.Equal(["act", "2"], net[1..].named_children().Select(entry => entry.name));
        Assert.Same(net[1], net[(1, 2)][0]);
    }

    [Fact]
    public void ModuleList_RenumbersAfterChanges()
    {
        var (a, b, c) = (Linear(1, 1), Linear(1, 1), Linear(1, 1));
        using var list = ModuleList(a, c);
        list.Insert(1, b);
        Assert.Equal(["0", "1", "2"], list.named_children().Select(entry => entry.name));
        Assert.Equal(new[] { a, b, c }, list);
        Assert.True(list.Remove(a));
        Assert.Same(b, list[0]);
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias"], list.state_dict().Keys);
        a.Dispose();
    }

    [Fact]
    public void ModuleDict_KeepsNamesInOrder()
    {
        using var modules = ModuleDict(("left", Linear(1, 1)), ("right", Linear(1, 1)));
        modules["middle"] = Linear(1, 1);
        Assert.Equal(["left", "right", "middle"], modules.Keys);
        Assert.True(modules.Remove("right"));
        Assert.Equal(["left.weight", "left.bias", "middle.weight", "middle.bias"], modules.state_dict().Keys);
        Assert.False(modules.TryGetValue("right", out _));
    }

    [Fact]
    public void ParameterContainers_RegisterTheirParameters()
    {
        using var list = ParameterList(new Parameter(ones(1)));
        list.append(new Parameter(ones(2)));
        using var dictionary = ParameterDict(("gain", new Parameter(ones(1))));
        Assert.Equal(["0", "1"], list.named_parameters().Select(entry => entry.name));
        Assert.Equal(["gain"], dictionary.state_dict().Keys);
        Assert.Same(dictionary["gain"], dictionary.get_parameter("gain"));
    }

    [Fact]
    public void SequenceOfTwoInputs_RegistersAndRunsItsModules()
    {
        using var net = new SumThenScale();
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias"], net.state_dict().Keys);
        using var input = ones(1, 2);
        using var output = net.call(input, input);
        Assert.Equal([1L, 3], output.shape);
        Assert.Throws<NotSupportedException>(() => net[1..]);
    }

    private sealed class SumThenScale() : Sequential<Tensor, Tensor, Tensor>(Linear(2, 2), Linear(2, 3))
    {
        public override Tensor forward(Tensor input1, Tensor input2)
        {
            using var sum = input1 + input2;
            using var hidden = ((Linear)this[0]).call(sum);
            return ((Linear)this[1]).call(hidden);
        }
    }
}
