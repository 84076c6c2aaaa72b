using DeepCourse.Tensors;
using DeepCourse.Tests.Text.Models;
using DeepCourse.Text.Losses;
using DeepCourse.Text.Models;

namespace DeepCourse.Tests.Text.Losses;

public sealed class LanguageModelLossTests
{
    [Fact]
    public void InTraining_BothPenaltiesAreAdded()
    {
        using var scope = NewDisposeScope();
        using var model = SmallLanguageModel.Make(AwdDropouts.None with { Output = 0.5 });
        var (output, targets) = (model.call(SmallLanguageModel.Tokens(2, 5)), SmallLanguageModel.Tokens(2, 5));
        var activation = output.Dropped.pow(2).mean().ReadNumber();
        var slowness = (output.Raw.narrow(1, 1, 4) - output.Raw.narrow(1, 0, 4)).pow(2).mean().ReadNumber();
        var plain = output.CrossEntropy(targets).ReadNumber();
        Assert.Equal(plain + 3 * activation + 5 * slowness, new LanguageModelLoss(3, 5).Of(output, targets).ReadNumber(), 1e-5);
        Assert.Equal(plain, new LanguageModelLoss(0, 0).Of(output, targets).ReadNumber());
        Assert.True(activation > 0 && slowness > 0);
    }

    [Fact]
    public void InEvaluation_ItIsTheCrossEntropyAlone()
    {
        using var scope = NewDisposeScope();
        using var model = SmallLanguageModel.Make();
        model.eval();
        var (output, targets) = (model.call(SmallLanguageModel.Tokens(2, 5)), SmallLanguageModel.Tokens(2, 5));
        Assert.Same(output.CrossEntropy(targets), new LanguageModelLoss().Of(output, targets));
    }

    [Fact]
    public void OneStep_HasNoChange()
    {
        using var scope = NewDisposeScope();
        using var model = SmallLanguageModel.Make();
        var (output, targets) = (model.call(SmallLanguageModel.Tokens(2, 1)), SmallLanguageModel.Tokens(2, 1));
        Assert.True(double.IsFinite(new LanguageModelLoss().Of(output, targets).ReadNumber()));
    }

    [Fact]
    public void Metrics_WeighBatchesByTheirTokens()
    {
        using var scope = NewDisposeScope();
        using var model = SmallLanguageModel.Make();
        model.eval();
        using var perplexity = new Perplexity();
        using var bits = new BitsPerCharacter(charactersPerToken: 4);
        var (sum, count) = (0.0, 0);
        foreach (var steps in (int[])[5, 2])
        {
            var (output, targets) = (model.call(SmallLanguageModel.Tokens(3, steps)), SmallLanguageModel.Tokens(3, steps));
            perplexity.Update(output, targets);
            bits.Update(output, targets);
            sum += output.CrossEntropy(targets).ReadNumber() * 3 * steps;
            count += 3 * steps;
        }
        Assert.Equal(Math.Exp(sum / count), perplexity.Value, 1e-5);
        Assert.Equal(sum / count / Math.Log(2) / 4, bits.Value, 1e-6);
        perplexity.Reset();
        Assert.True(double.IsNaN(perplexity.Value));
    }
}
