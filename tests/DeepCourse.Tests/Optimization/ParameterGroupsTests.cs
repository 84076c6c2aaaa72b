using DeepCourse.Optimization;
using DeepCourse.Tensors;

namespace DeepCourse.Tests.Optimization;

public sealed class ParameterGroupsTests : IDisposable
{
    private readonly Body _model = new();

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Of_AModelWithGroups_TakesThem()
    {
        var groups = ParameterGroups.Of(_model);
        Assert.Equal([2, 2, 2], Enumerable.Range(0, groups.Count).Select(i => groups[i].Count));
    }

    [Fact]
    public void Of_APlainModel_IsOneGroup()
    {
        using var plain = Linear(2, 3);
        Assert.Equal(1, ParameterGroups.Of(plain).Count);
    }

    [Fact]
    public void Sets_KeepBiasesAndNormsFromDecay()
    {
        var sets = ParameterGroups.Of(_model).Sets;
        Assert.Equal([(0, true), (0, false), (1, false), (2, true), (2, false)],
            sets.Select(set => (set.Group, set.Decays)));
        Assert.All(sets.Where(set => set.Decays),
            set => Assert.All(set.Parameters, parameter => Assert.Equal(2, parameter.dim())));
    }

    [Fact]
    public void Of_GroupsThatForgetAParameter_NamesIt()
    {
        var error = Assert.Throws<ArgumentException>(() => ParameterGroups.Of(_model, [[_model.First], [_model.Head]]));
        Assert.Contains("in no group: norm.weight, norm.bias", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_GroupsThatShareAParameter_NamesIt()
    {
        var error = Assert.Throws<ArgumentException>(() => ParameterGroups.Of(_model, [[_model.First], [_model]]));
        Assert.Contains("first.weight is in two groups", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Freeze_LeavesTheLastGroupAndTheNorms()
    {
        var groups = ParameterGroups.Of(_model);
        groups.Freeze();
        Assert.Equal(["norm.weight", "norm.bias", "head.weight", "head.bias"], Learning());
        Assert.Equal(2, groups.FrozenCount);
        groups.Freeze(trainNorms: false);
        Assert.Equal(["head.weight", "head.bias"], Learning());
        groups.FreezeTo(1, trainNorms: false);
        Assert.Equal(["norm.weight", "norm.bias", "head.weight", "head.bias"], Learning());
        groups.Unfreeze();
        Assert.Equal(6, Learning().Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => groups.FreezeTo(4));
    }

    [Fact]
    public void FrozenParameters_DoNotMove_EvenWithMomentumAndDecay()
    {
        using var scope = NewDisposeScope();
        var groups = ParameterGroups.Of(_model);
        using var optimizer = Optimizers.AdamW(learningRate: 0.1, weightDecay: 0.1)(groups);
        Step(optimizer);
        groups.Freeze(trainNorms: false);
        var before = _model.First.weight!.ReadFloats();
        Step(optimizer);
        Assert.Equal(before, _model.First.weight!.ReadFloats());
        groups.Unfreeze();
        Step(optimizer);
        Assert.NotEqual(before, _model.First.weight!.ReadFloats());
    }

    [Theory]
    [InlineData("AdamW", 0.9)]
    [InlineData("Adam", 0.9)]
    [InlineData("Sgd", 0.9)]
    [InlineData("RmsProp", 0.0)]
    public void Rates_ReachTheGroupsOfEveryOptimizer(string name, double momentum)
    {
        var groups = ParameterGroups.Of(_model);
        using var optimizer = Make(name)(groups);
        var rates = new OptimizerRates(optimizer, groups);
        Assert.Equal(0.1, rates.LearningRate);
        Assert.Equal(momentum, rates.Momentum);
        rates.SetLearningRates([1, 2, 4], factor: 0.5);
        rates.SetMomentum(0.8);
        Assert.Equal([0.5, 0.5, 1, 2, 2], optimizer.ParamGroups.Select(group => group.LearningRate));
        Assert.Equal(0.8, rates.Momentum);
        rates.Scale(0.1);
        Assert.Equal(0.2, rates.LearningRate, 1e-12);
        rates.Reset();
        Assert.Equal([0.1, 0.1, 0.1, 0.1, 0.1], optimizer.ParamGroups.Select(group => group.LearningRate));
        Assert.Equal(momentum, rates.Momentum);
    }

    [Fact]
    public void DiscriminativeRates_MoveLaterLayersMore()
    {
        using var scope = NewDisposeScope();
        var groups = ParameterGroups.Of(_model);
        using var optimizer = Optimizers.Sgd(0.1, momentum: 0)(groups);
        new OptimizerRates(optimizer, groups).SetLearningRates([0, 0.01, 0.1]);
        var (first, head) = (_model.First.weight!.ReadFloats(), _model.Head.weight!.ReadFloats());
        Step(optimizer);
        Assert.Equal(first, _model.First.weight!.ReadFloats());
        Assert.NotEqual(head, _model.Head.weight!.ReadFloats());
    }

    [Fact]
    public void DecayExemption_LeavesBiasesAlone()
    {
        // A gradient of nothing but decay: only weights shrink.
        using var scope = NewDisposeScope();
        using var optimizer = Optimizers.AdamW(learningRate: 0.1, weightDecay: 0.5)(ParameterGroups.Of(_model));
        foreach (var parameter in _model.parameters()) parameter.grad = zeros_like(parameter);
        var (weight, bias) = (_model.Head.weight!.ReadFloats(), _model.Head.bias!.ReadFloats());
        optimizer.step();
        Assert.Equal(weight.Select(value => value * 0.95f), _model.Head.weight!.ReadFloats(),
            (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(bias, _model.Head.bias!.ReadFloats());
    }

    [Fact]
    public void DropGradients_LeavesNoZerosThatDecayWouldFollow()
    {
        var groups = ParameterGroups.Of(_model);
        using var optimizer = Optimizers.AdamW(0.1, weightDecay: 0.5)(groups);
        _model.call(randn(4, 2)).pow(2).sum().backward();
        groups.DropGradients();
        var before = _model.First.weight.ReadFloats();
        optimizer.step();
        Assert.All(_model.parameters(), parameter => Assert.Null(parameter.grad));
        Assert.Equal(before, _model.First.weight.ReadFloats());
    }

    private static OptimizerFactory Make(string name) => name switch
    {
        "AdamW" => Optimizers.AdamW(0.1),
        "Adam" => Optimizers.Adam(0.1),
        "Sgd" => Optimizers.Sgd(0.1),
        _ => Optimizers.RmsProp(0.1),
    };

    private List<string> Learning() =>
        [.. _model.named_parameters().Where(entry => entry.parameter.requires_grad).Select(entry => entry.name)];

    private void Step(torch.optim.Optimizer optimizer)
    {
        _model.call(randn(4, 2)).pow(2).sum().backward();
        optimizer.step();
        optimizer.zero_grad();
    }

    private sealed class Body : Module<Tensor, Tensor>, ILayerGroups
    {
        private readonly Linear first = Linear(2, 3);
        private readonly BatchNorm1d norm = BatchNorm1d(3);
        private readonly Linear head = Linear(3, 1);

        public Body() : base(nameof(Body)) => RegisterComponents();

        public Linear First => first;

        public Linear Head => head;

        public IReadOnlyList<IReadOnlyList<Module>> LayerGroups => [[first], [norm], [head]];

        public override Tensor forward(Tensor input) => head.call(norm.call(first.call(input)));
    }
}
