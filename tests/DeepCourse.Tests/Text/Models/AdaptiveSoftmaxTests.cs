using DeepCourse.Optimization;
using DeepCourse.Tensors;
using DeepCourse.Text.Models;

namespace DeepCourse.Tests.Text.Models;

public sealed class AdaptiveSoftmaxTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Probabilities_AddUpToOne(bool tied)
    {
        using var scope = NewDisposeScope();
        using var model = Make(tied);
        var logits = model.call(SmallLanguageModel.Tokens(3, 5)).Logits();
        Assert.Equal([3L, 5, 19], logits.shape);
        Assert.True(logits.exp().sum(-1).allclose(ones(3, 5), 1e-5, 1e-6));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CrossEntropyAndGradients_AreThoseOfTheProbabilities(bool tied)
    {
        using var scope = NewDisposeScope();
        using var model = Make(tied);
        var (tokens, targets) = (SmallLanguageModel.Tokens(3, 7), SmallLanguageModel.Tokens(7, 3).t().contiguous());
        var actual = model.call(tokens).CrossEntropy(targets);
        actual.backward();
        var gradients = model.parameters().Select(parameter => parameter.grad!.clone()).ToList();
        model.zero_grad();
        model.ResetState();
        var expected = -model.call(tokens).Logits().gather(2, targets.unsqueeze(2)).mean();
        expected.backward();
        Assert.Equal(expected.ReadNumber(), actual.ReadNumber(), 1e-5);
        foreach (var (gradient, parameter) in gradients.Zip(model.parameters()))
            Assert.True(gradient.allclose(parameter.grad!, 1e-4, 1e-6));
    }

    [Fact]
    public void ABatchWithoutRareTokens_HasALossToo()
    {
        using var scope = NewDisposeScope();
        using var model = Make(tied: true);
        var output = model.call(full([2, 3], 2, int64));
        var targets = full([2, 3], 3, int64);
        Assert.Equal(-output.Logits().select(2, 3).mean().ReadNumber(), output.CrossEntropy(targets).ReadNumber(), 1e-5);
    }

    [Fact]
    public void EveryParameter_IsInALayerGroup()
    {
        using var model = Make(tied: false);
        Assert.Equal(3, ParameterGroups.Of(model).Count);
        Assert.Throws<InvalidOperationException>(() => model.DecoderBias);
    }

    [Fact]
    public void RarerClusters_HaveFewerNumbers()
    {
        using var model = Make(tied: false);
        var shapes = model.named_parameters()
            .Where(entry => entry.name.StartsWith("decoder.clusters.projections", StringComparison.Ordinal))
            .Select(entry => entry.parameter.ShapeText());
        Assert.Equal(["[3, 6]", "[1, 6]"], shapes);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 5)]
    [InlineData(5, 19)]
    public void ClustersThatDoNotFit_AreRefused(params int[] cutoffs) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LanguageModel(SmallLanguageModel.Options(), new AdaptiveSoftmax(cutoffs)));

    private static LanguageModel Make(bool tied)
    {
        manual_seed(9);
        return new LanguageModel(SmallLanguageModel.Options(), new AdaptiveSoftmax([5, 12]) { IsTied = tied, Divisor = 2 });
    }
}
