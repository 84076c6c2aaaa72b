using static TorchSharp.torch.optim;

namespace DeepCourse.Torch.Tests.Optim;

public class OptimizerTests
{
    private static readonly Dictionary<string, Func<IEnumerable<Parameter>, Optimizer>> cases = new()
    {
        ["SGD"] = p => SGD(p, 0.1),
        ["SGD momentum"] = p => SGD(p, 0.05, momentum: 0.9),
        ["SGD dampening decay"] = p => SGD(p, 0.05, momentum: 0.9, dampening: 0.3, weight_decay: 0.02),
        ["SGD nesterov"] = p => SGD(p, 0.05, momentum: 0.9, nesterov: true, weight_decay: 0.01),
        ["SGD maximize"] = p => SGD(p, 0.05, momentum: 0.5, maximize: true),
        ["Adam"] = p => Adam(p, 0.05),
        ["Adam decay amsgrad"] = p => Adam(p, 0.05, 0.8, 0.95, weight_decay: 0.1, amsgrad: true),
        ["Adam maximize"] = p => Adam(p, 0.05, maximize: true),
        ["AdamW"] = p => AdamW(p, 0.05, weight_decay: 0.1),
        ["AdamW no decay"] = p => AdamW(p, 0.05),
        ["AdamW amsgrad"] = p => AdamW(p, 0.05, weight_decay: 0.1, amsgrad: true, eps: 1e-6),
        ["RMSProp"] = p => RMSProp(p),
        ["RMSProp momentum"] = p => RMSProp(p, momentum: 0.9, weight_decay: 0.1),
        ["RMSProp centered"] = p => RMSProp(p, centered: true),
        ["RMSProp centered momentum"] = p => RMSProp(p, centered: true, momentum: 0.5, alpha: 0.9),
        ["Adagrad"] = p => Adagrad(p, 0.1, lr_decay: 0.05, weight_decay: 0.1, initial_accumulator_value: 0.1),
        ["Adadelta"] = p => Adadelta(p, 1.0, rho: 0.8, weight_decay: 0.1),
        ["Adamax"] = p => Adamax(p, 0.02, weight_decay: 0.1),
        ["NAdam"] = p => NAdam(p, 0.02, weight_decay: 0.1),
        ["RAdam"] = p => RAdam(p, 0.02, weight_decay: 0.1),
        ["ASGD"] = p => ASGD(p, 0.05, lambd: 0.01, t0: 3, weight_decay: 0.1),
        ["Rprop"] = p => Rprop(p, 0.01),
        ["LBFGS"] = p => LBFGS(p, 0.5, max_iter: 4, history_size: 3),
    };

    public static TheoryData<string> Names => [.. cases.Keys];

    [Fact]
    public void EveryReferenceHasItsCase() =>
        Assert.Equal(
            OptimizerReference.Root.GetProperty("optimizers").EnumerateObject().Select(x => x.Name).Order(),
            cases.Keys.Order());

    [Theory, MemberData(nameof(Names))]
    public void TenStepsEqualPyTorchInDoublePrecision(string name) =>
        // PyTorch keeps ASGD's step length in single precision whatever the parameters are.
        Compare(name, "float64", float64, name == "ASGD" ? 1e-7 : 1e-11);

    [Theory, MemberData(nameof(Names))]
    public void TenStepsEqualPyTorchInSinglePrecision(string name) => Compare(name, "float32", float32, name == "LBFGS" ? 2e-4 : 2e-5);

    [Theory, MemberData(nameof(Names))]
    public void TensorsInAnotherOrderStepTheSame(string name)
    {
        // Transposed parameters: their gradients, made by autograd, come in another memory order.
        using var scope = NewDisposeScope();
        var (plain, _) = OptimizerReference.Problem(float64);
        var straight = new Parameter(plain[0].detach().clone());
        var turned = new Parameter(plain[0].detach().t().contiguous().t());
        using var first = cases[name]([straight]);
        using var second = cases[name]([turned]);
        for (var i = 0; i < 3; i++)
        {
            Step(first, () => straight.pow(2).sum());
            Step(second, () => turned.pow(2).sum());
        }
        Assert.True(straight.allclose(turned, 1e-12, 1e-14));
    }

    [Theory, MemberData(nameof(Names))]
    public void ParameterWithoutGradientStaysAsItIs(string name)
    {
        using var scope = NewDisposeScope();
        var (parameters, _) = OptimizerReference.Problem(float64);
        using var optimizer = cases[name](parameters);
        var before = parameters[1].detach().clone();
        Step(optimizer, () => parameters[0].pow(2).sum());
        if (name != "LBFGS") Assert.Null(parameters[1].grad);
        Assert.True(before.Equals(parameters[1].detach()));
    }

    [Theory, MemberData(nameof(Names))]
    public void ZeroGradForgetsGradients(string name)
    {
        using var scope = NewDisposeScope();
        var (parameters, objective) = OptimizerReference.Problem(float64);
        using var optimizer = cases[name](parameters);
        objective().backward();
        Assert.NotNull(parameters[0].grad);
        optimizer.zero_grad();
        Assert.All(parameters, parameter => Assert.Null(parameter.grad));
    }

    private static void Compare(string name, string precision, ScalarType type, double tolerance)
    {
        var expected = OptimizerReference.Root.GetProperty("optimizers").GetProperty(name).GetProperty(precision);
        using var scope = NewDisposeScope();
        var (parameters, objective) = OptimizerReference.Problem(type);
        using var optimizer = cases[name](parameters);
        for (var step = 1; step <= 10; step++)
        {
            Step(optimizer, objective);
            if (!expected.TryGetProperty($"{step}", out var values)) continue;
            for (var i = 0; i < parameters.Length; i++)
            {
                var wanted = OptimizerReference.Numbers(values[i]);
                var actual = parameters[i].detach().to(float64).reshape(-1).data<double>().ToArray();
                for (var j = 0; j < wanted.Length; j++)
                    Assert.True(
                        Math.Abs(wanted[j] - actual[j]) <= tolerance * (1 + Math.Abs(wanted[j])),
                        $"{name}, step {step}, parameter {i}, element {j}: PyTorch {wanted[j]:R}, ours {actual[j]:R}");
            }
        }
    }

    private static void Step(Optimizer optimizer, Func<Tensor> objective)
    {
        Tensor Closure()
        {
            optimizer.zero_grad();
            var loss = objective();
            loss.backward();
            return loss;
        }

        if (optimizer is LBFGS)
        {
            optimizer.step(Closure);
            return;
        }
        Closure();
        optimizer.step();
    }
}
