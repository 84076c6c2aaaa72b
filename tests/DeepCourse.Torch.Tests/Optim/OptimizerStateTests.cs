using static TorchSharp.torch.optim;

namespace DeepCourse.Torch.Tests.Optim;

public class OptimizerStateTests
{
    private static readonly Dictionary<string, Func<IEnumerable<Parameter>, OptimizerHelper>> makers = new()
    {
        ["SGD"] = p => SGD(p, 0.05, momentum: 0.9),
        ["Adam"] = p => Adam(p, 0.05, amsgrad: true),
        ["AdamW"] = p => AdamW(p, 0.05),
        ["RMSProp"] = p => RMSProp(p, centered: true, momentum: 0.5),
        ["Adagrad"] = p => Adagrad(p, 0.1),
        ["Adadelta"] = p => Adadelta(p),
        ["Adamax"] = p => Adamax(p),
        ["NAdam"] = p => NAdam(p),
        ["RAdam"] = p => RAdam(p),
        ["ASGD"] = p => ASGD(p, t0: 2),
        ["Rprop"] = p => Rprop(p),
    };

    public static TheoryData<string> Names => [.. makers.Keys];

    [Theory, MemberData(nameof(Names))]
    public void AStateThroughAStreamContinuesTheRun(string name)
    {
        using var scope = NewDisposeScope();
        using var stream = new MemoryStream();
        CheckContinuation(
            name,
            source => source.save_state_dict(new BinaryWriter(stream)),
            target =>
            {
                stream.Position = 0;
                target.load_state_dict(new BinaryReader(stream));
            });
    }

    [Theory, MemberData(nameof(Names))]
    public void AStateDictionaryContinuesTheRun(string name)
    {
        using var scope = NewDisposeScope();
        OptimizerHelper? from = null;
        CheckContinuation(name, source => from = source, target => target.load_state_dict(from!.state_dict()));
    }

    [Fact]
    public void AnotherOptimizersStreamIsRefused()
    {
        using var scope = NewDisposeScope();
        using var stream = new MemoryStream();
        using var adam = Adam([new Parameter(zeros(2))]);
        adam.save_state_dict(new BinaryWriter(stream));
        stream.Position = 0;
        using var sgd = SGD([new Parameter(zeros(2))], 0.1);
        var fault = Assert.Throws<ArgumentException>(() => sgd.load_state_dict(new BinaryReader(stream)));
        Assert.Contains("Adam", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AStateOfAnotherShapeIsRefused()
    {
        using var scope = NewDisposeScope();
        using var stream = new MemoryStream();
        using var narrow = Adam([new Parameter(zeros(2))]);
        narrow.save_state_dict(new BinaryWriter(stream));
        stream.Position = 0;
        using var wide = Adam([new Parameter(zeros(3))]);
        Assert.Throws<ArgumentException>(() => wide.load_state_dict(new BinaryReader(stream)));
    }

    [Fact]
    public void GroupsTakeWhatTheyLeaveOpenFromTheDefaults()
    {
        using var scope = NewDisposeScope();
        using var optimizer = AdamW(
            [
                new AdamW.ParamGroup([new Parameter(ones(1))], new AdamW.Options { weight_decay = 0.5 }),
                new AdamW.ParamGroup([new Parameter(ones(1))], new AdamW.Options { LearningRate = 0.25 }),
            ],
            lr: 0.125, beta1: 0.5);
        var groups = optimizer.ParamGroups.Cast<AdamW.ParamGroup>().ToArray();
        Assert.Equal((0.125, 0.5, 0.5), (groups[0].LearningRate, groups[0].Options.weight_decay!.Value, groups[0].Betas.Item1));
        Assert.Equal((0.25, 0.0), (groups[1].LearningRate, groups[1].Options.weight_decay!.Value));
        groups[1].LearningRate = 0;
        foreach (var parameter in optimizer.parameters()) parameter.sum().backward();
        optimizer.step();
        Assert.NotEqual(1f, groups[0].Parameters.Single().item<float>());
        Assert.Equal(1f, groups[1].Parameters.Single().item<float>());
    }

    [Fact]
    public void AParameterInTwoGroupsIsRefused()
    {
        using var parameter = new Parameter(ones(1));
        Assert.Throws<ArgumentException>(() => SGD([parameter, parameter], 0.1));
    }

    [Fact]
    public void StateSurvivesTheScopeItWasMadeIn()
    {
        using var parameter = new Parameter(ones(3));
        parameter.DetachFromDisposeScope();
        OptimizerHelper optimizer;
        using (NewDisposeScope())
        {
            optimizer = SGD([parameter], 0.1, momentum: 0.9);
            parameter.sum().backward();
            optimizer.step();
        }
        optimizer.step();
        Assert.Equal(1 - 0.1 - 0.19, parameter[0].item<float>(), 1e-6);
        optimizer.Dispose();
    }

    [Fact]
    public void MomentumMayBeSwitchedOnLater()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(ones(2));
        using var optimizer = RMSProp([parameter]);
        parameter.sum().backward();
        optimizer.step();
        optimizer.Momentum = 0.9;
        optimizer.step();
        optimizer.step();
        Assert.True(parameter[0].item<float>() < 1);
    }

    private static void CheckContinuation(string name, Action<OptimizerHelper> save, Action<OptimizerHelper> load)
    {
        var (parameters, objective) = OptimizerReference.Problem(float64);
        using var optimizer = makers[name](parameters);
        Run(optimizer, objective, 4);
        save(optimizer);
        var (others, otherObjective) = OptimizerReference.Problem(float64);
        using var other = makers[name](others);
        Run(other, otherObjective, 1);
        load(other);
        using (no_grad())
        {
            for (var i = 0; i < others.Length; i++) others[i].copy_(parameters[i]);
        }
        Assert.True(optimizer.state_dict().State[1].ApproximatelyEquals(other.state_dict().State[1]));
        Run(optimizer, objective, 3);
        Run(other, otherObjective, 3);
        Assert.All(parameters.Zip(others), pair => Assert.True(pair.First.Equals(pair.Second)));
    }

    private static void Run(Optimizer optimizer, Func<Tensor> objective, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            optimizer.zero_grad();
            objective().backward();
            optimizer.step();
        }
    }
}
