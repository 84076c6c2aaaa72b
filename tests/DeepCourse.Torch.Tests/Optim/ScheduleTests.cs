using static TorchSharp.torch.optim;
using static TorchSharp.torch.optim.lr_scheduler;

namespace DeepCourse.Torch.Tests.Optim;

public class ScheduleTests
{
    private static readonly Dictionary<string, Func<Optimizer, LRScheduler>> cases = new()
    {
        ["StepLR"] = o => StepLR(o, 3, 0.5),
        ["MultiStepLR"] = o => MultiStepLR(o, [4, 4, 9], 0.3),
        ["ExponentialLR"] = o => ExponentialLR(o, 0.9),
        ["CosineAnnealingLR"] = o => CosineAnnealingLR(o, 7, 0.01),
        ["LambdaLR"] = o => LambdaLR(o, epoch => Math.Pow(0.95, epoch)),
        ["MultiplicativeLR"] = o => MultiplicativeLR(o, epoch => epoch % 2 == 1 ? 0.9 : 1.05),
        ["LinearLR"] = o => LinearLR(o, 0.25, 0.9, 6),
        ["ConstantLR"] = o => ConstantLR(o, 0.25, 4),
        ["PolynomialLR"] = o => PolynomialLR(o, 8, 2.0),
        ["OneCycleLR"] = o => OneCycleLR(o, 0.5, total_steps: 21),
        ["OneCycleLR linear three"] = o => OneCycleLR(
            o, 0.5, epochs: 3, steps_per_epoch: 7, anneal_strategy: impl.OneCycleLR.AnnealStrategy.Linear, div_factor: 10,
            three_phase: true),
        ["CyclicLR"] = o => CyclicLR(o, 0.01, 0.2, 3, 5),
        ["CyclicLR triangular2"] = o => CyclicLR(o, 0.01, 0.2, 4, mode: impl.CyclicLR.Mode.Triangular2),
        ["CyclicLR exp_range"] = o => CyclicLR(o, 0.01, 0.2, 4, mode: impl.CyclicLR.Mode.ExpRange, gamma: 0.97),
        ["SequentialLR"] = o => SequentialLR(o, [ConstantLR(o, 0.1, 2), ExponentialLR(o, 0.9)], [5]),
        ["ChainedLR"] = o => ChainedLR([ConstantLR(o, 0.1, 2), ExponentialLR(o, 0.9)]),
    };

    public static TheoryData<string> Names => [.. cases.Keys];

    [Theory, MemberData(nameof(Names))]
    public void TwentyRatesEqualPyTorch(string name)
    {
        var expected = OptimizerReference.Root.GetProperty("schedules").GetProperty(name);
        using var parameter = new Parameter(zeros(1));
        using var optimizer = SGD([parameter], 0.1, momentum: 0.9);
        var schedule = cases[name](optimizer);
        var rates = OptimizerReference.Numbers(expected.GetProperty("rates"));
        var momenta = OptimizerReference.Numbers(expected.GetProperty("momenta"));
        for (var i = 0; i < rates.Length; i++)
        {
            var group = optimizer.ParamGroups.Single();
            Assert.Equal(rates[i], group.LearningRate, 1e-12);
            Assert.Equal(momenta[i], ((SGD.ParamGroup)group).Momentum, 1e-12);
            Assert.Equal(group.LearningRate, schedule.get_last_lr().Single());
            schedule.step();
        }
    }

    [Fact]
    public void PlateauReducesLikePyTorch()
    {
        var expected = OptimizerReference.Root.GetProperty("schedules").GetProperty("ReduceLROnPlateau");
        using var parameter = new Parameter(zeros(1));
        using var optimizer = SGD([parameter], 0.1);
        var schedule = ReduceLROnPlateau(optimizer, factor: 0.5, patience: 2, cooldown: 1, threshold: 0.01);
        var rates = OptimizerReference.Numbers(expected.GetProperty("rates"));
        var losses = OptimizerReference.Numbers(expected.GetProperty("losses"));
        for (var i = 0; i < rates.Length; i++)
        {
            Assert.Equal(rates[i], optimizer.ParamGroups.Single().LearningRate, 1e-12);
            schedule.step(losses[i]);
        }
        Assert.Throws<InvalidOperationException>(schedule.step);
    }

    [Fact]
    public void OneCycleMovesBetasAndKeepsGroupsApart()
    {
        using var first = new Parameter(zeros(1));
        using var second = new Parameter(zeros(1));
        using var optimizer = AdamW([new AdamW.ParamGroup([first], lr: 1), new AdamW.ParamGroup([second], lr: 2)]);
        var schedule = OneCycleLR(optimizer, [0.1, 0.2], total_steps: 10);
        Assert.Equal([0.004, 0.008], schedule.get_last_lr().Select(rate => Math.Round(rate, 12)));
        Assert.All(optimizer.ParamGroups, group => Assert.Equal(0.95, ((IBetas)group).Betas.Item1, 1e-12));
        schedule.step();
        schedule.step();
        Assert.Equal([0.1, 0.2], schedule.get_last_lr().Select(rate => Math.Round(rate, 12)));
        Assert.All(optimizer.ParamGroups, group => Assert.Equal(0.85, ((IBetas)group).Betas.Item1, 1e-12));
        Assert.All(optimizer.ParamGroups, group => Assert.Equal(0.999, ((IBetas)group).Betas.Item2));
    }

    [Theory]
    [InlineData("StepLR")]
    [InlineData("CosineAnnealingLR")]
    [InlineData("LinearLR")]
    [InlineData("PolynomialLR")]
    public void GoingToAnEpochEqualsSteppingThere(string name)
    {
        using var parameter = new Parameter(zeros(1));
        using var optimizer = SGD([parameter], 0.1);
        var schedule = cases[name](optimizer);
        for (var i = 0; i < 5; i++) schedule.step();
        var stepped = schedule.get_last_lr().Single();
        schedule.step((int?)0);
        schedule.step((int?)5);
        Assert.Equal(stepped, schedule.get_last_lr().Single(), 1e-12);
    }

    [Fact]
    public void TooManyStepsOfOneCycleAreRefused()
    {
        using var parameter = new Parameter(zeros(1));
        using var optimizer = SGD([parameter], 0.1, momentum: 0.9);
        var schedule = OneCycleLR(optimizer, 0.5, total_steps: 3);
        for (var i = 0; i < 3; i++) schedule.step();
        Assert.Throws<InvalidOperationException>(schedule.step);
    }
}
