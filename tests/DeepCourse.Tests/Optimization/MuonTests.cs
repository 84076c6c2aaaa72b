using System.Text.Json;
using DeepCourse.Optimization;
using DeepCourse.Tensors;

namespace DeepCourse.Tests.Optimization;

public sealed class MuonTests : IDisposable
{
    private static readonly string[] names = ["wide", "tall", "head", "bias"];

    private readonly DisposeScope _scope = NewDisposeScope();

    public MuonTests() => manual_seed(4);

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Steps_AreThoseOfTheReference()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(ReferenceFiles.PathOf("muon.json")));
        var (root, options) = (json.RootElement, json.RootElement.GetProperty("options"));
        double Option(string name) => options.GetProperty(name).GetDouble();
        using var holder = new Holder(root.GetProperty("start"));
        var groups = ParameterGroups.Of(holder);
        using var optimizer = Optimizers.Muon(
            Option("rate"), Option("matrix"), Option("vector"), Option("momentum"), Option("other"), Option("decay"))(groups);

        for (var step = 0; step < 3; step++)
        {
            foreach (var group in optimizer.ParamGroups) group.LearningRate = Option("rate") * (1 - step / 3.0);
            foreach (var name in names) holder[name].grad = Read(root.GetProperty("gradients")[step].GetProperty(name));
            optimizer.step();
            foreach (var name in names)
            {
                var expected = Read(root.GetProperty("after")[step].GetProperty(name));
                Assert.True(holder[name].allclose(expected, rtol: 1e-4, atol: 1e-5), $"{name} differs after step {step + 1}");
            }
        }
    }

    [Theory]
    [InlineData(6, 30)]
    [InlineData(30, 6)]
    [InlineData(8, 8)]
    public void Orthogonal_HasSingularValuesNearOne(long rows, long columns)
    {
        var values = linalg.svdvals(Muon.Orthogonal(randn(rows, columns), iterations: 6)).ReadFloats();
        Assert.Equal((int)Math.Min(rows, columns), values.Length);
        Assert.All(values, value => Assert.InRange(value, 0.5, 1.3));
    }

    [Fact]
    public void WithoutGradient_NothingMoves()
    {
        using var layer = Linear(3, 2);
        var before = layer.weight.ReadFloats();
        using var optimizer = Optimizers.Muon()(ParameterGroups.Of(layer));
        optimizer.step();
        Assert.Equal(before, layer.weight.ReadFloats());
    }

    [Fact]
    public void State_GoesThroughAStream()
    {
        using var first = Conv2d(3, 4, 3);
        using var second = Conv2d(3, 4, 3);
        using (no_grad())
            foreach (var (source, target) in first.parameters().Zip(second.parameters())) target.copy_(source);
        using var one = (OptimizerHelper)Optimizers.Muon(0.1, 1, 1)(ParameterGroups.Of(first));
        using var two = (OptimizerHelper)Optimizers.Muon(0.1, 1, 1)(ParameterGroups.Of(second));
        var gradients = Enumerable.Range(0, 3).Select(_ => (randn(4, 3, 3, 3), randn(4))).ToList();

        Step(one, first, gradients[0]);
        Step(two, second, gradients[0]);
        Step(one, first, gradients[1]);
        Step(two, second, gradients[1]);
        using var third = (OptimizerHelper)Optimizers.Muon(0.3, 1, 1)(ParameterGroups.Of(second));
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, System.Text.Encoding.UTF8, leaveOpen: true)) two.save_state_dict(writer);
        memory.Position = 0;
        using (var reader = new BinaryReader(memory)) third.load_state_dict(reader);
        Step(one, first, gradients[2]);
        Step(third, second, gradients[2]);

        Assert.Equal(first.weight.ReadFloats(), second.weight.ReadFloats());
        Assert.Equal(0.1, third.ParamGroups.First().LearningRate);
    }

    [Fact]
    public void Steps_LeaveNothingBehind()
    {
        using var layer = Conv2d(3, 4, 3);
        using var optimizer = Optimizers.Muon(0.1, 1, 1)(ParameterGroups.Of(layer));
        var gradient = (randn(4, 3, 3, 3), randn(4));
        Step(optimizer, layer, gradient);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        optimizer.step();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static void Step(torch.optim.Optimizer optimizer, Conv2d layer, (Tensor Weight, Tensor Bias) gradient)
    {
        (layer.weight.grad, layer.bias!.grad) = (gradient.Weight.clone(), gradient.Bias.clone());
        optimizer.step();
    }

    private static Tensor Read(JsonElement tensor) => torch.tensor(
        [.. tensor.GetProperty("data").EnumerateArray().Select(value => (float)value.GetDouble())],
        [.. tensor.GetProperty("shape").EnumerateArray().Select(value => value.GetInt64())]);

    private sealed class Holder : Module
    {
        private readonly Dictionary<string, Parameter> _all = [];

        public Holder(JsonElement start) : base(nameof(Holder))
        {
            foreach (var name in names)
            {
                _all[name] = Parameter(Read(start.GetProperty(name)));
                register_parameter(name, _all[name]);
            }
        }

        public Parameter this[string name] => _all[name];
    }
}
