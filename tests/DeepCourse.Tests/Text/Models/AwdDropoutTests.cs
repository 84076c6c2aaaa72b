using DeepCourse.Tensors;
using DeepCourse.Text.Models;

namespace DeepCourse.Tests.Text.Models;

/// <summary>What is dropped, where, and how much.</summary>
public sealed class AwdDropoutTests
{
    [Fact]
    public void VariationalMasks_HoldForAllSteps()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var dropped = VariationalDropout.Apply(ones(7, 40, 50), 0.3);
        Assert.Equal(dropped[0].ReadFloats(), dropped[6].ReadFloats());
        Assert.False(dropped[0][0].allclose(dropped[0][1]));
        // 2,000 draws: the standard deviation of the share is 0.0102.
        Assert.Equal(0.3, dropped[0].eq(0).to(ScalarType.Float64).mean().ReadNumber(), 0.045);
        Assert.Equal(1 / 0.7, dropped.max().ReadNumber(), 1e-5);
    }

    [Fact]
    public void WordMasks_DropAWordWhereverItStands()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        const int words = 500;
        var tokens = randint(0, words, [30, 60], int64);
        var kept = VariationalDropout.ApplyToWords(ones(30, 60, 4), tokens, words, 0.4);
        var fates = kept.reshape(-1, 4).ReadFloats().Chunk(4)
            .Zip(tokens.reshape(-1).ReadNumbers(), (numbers, word) => (word, numbers: string.Join(' ', numbers)))
            .GroupBy(pair => pair.word, pair => pair.numbers)
            .Select(group => Assert.Single(group.Distinct()))
            .ToList();
        var absent = fates.Count(fate => fate == "0 0 0 0");
        // The standard deviation of the share is 0.022.
        Assert.Equal(0.4, absent / (double)fates.Count, 0.09);
        Assert.Equal(2, fates.Distinct().Count());
        Assert.Equal(1 / 0.6, kept.max().ReadNumber(), 1e-5);
    }

    [Fact]
    public void DroppedWeights_ReachTheKernel()
    {
        using var scope = NewDisposeScope();
        const double share = 0.5;
        using var model = SmallLanguageModel.Make(AwdDropouts.None with { Weight = share }).Encoder;
        using var twin = SmallLanguageModel.Make().Encoder;
        var tokens = SmallLanguageModel.Tokens(3, 6);
        var output = model.call(tokens).Raw;
        output.pow(2).sum().backward();
        using (no_grad())
        {
            var raw = model.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
            foreach (var (name, parameter) in twin.named_parameters())
            {
                if (!name.EndsWith("weight_hh", StringComparison.Ordinal)) continue;
                // What was dropped has no gradient: so the mask is found without asking the layer for it.
                var kept = raw[name].grad!.ne(0).to(parameter.dtype);
                Assert.Equal(1 - share, kept.mean().ReadNumber(), 0.15);
                parameter.copy_(raw[name] * kept / (1 - share));
            }
        }
        twin.eval();
        Assert.True(twin.call(tokens).Raw.allclose(output, 1e-5, 1e-6));
    }

    [Fact]
    public void DroppedWeights_AreOthersInEachPass()
    {
        using var scope = NewDisposeScope();
        using var model = SmallLanguageModel.Make(AwdDropouts.None with { Weight = 0.5 }).Encoder;
        var tokens = SmallLanguageModel.Tokens(3, 6);
        var first = model.call(tokens).Raw;
        model.ResetState();
        Assert.False(model.call(tokens).Raw.allclose(first));
    }

    [Fact]
    public void Evaluation_DropsNothing()
    {
        using var scope = NewDisposeScope();
        using var model = SmallLanguageModel.Make(AwdDropouts.Classifier).Encoder;
        using var plain = SmallLanguageModel.Make().Encoder;
        model.eval();
        var tokens = SmallLanguageModel.Tokens(3, 6);
        var output = model.call(tokens);
        Assert.Equal(plain.call(tokens).Raw.ReadFloats(), output.Raw.ReadFloats());
        Assert.Equal(output.Raw.ReadFloats(), output.Dropped.ReadFloats());
    }

    [Fact]
    public void OutputDropout_ActsOnTheOutputAlone()
    {
        using var scope = NewDisposeScope();
        using var model = SmallLanguageModel.Make(AwdDropouts.None with { Output = 0.5 }).Encoder;
        using var plain = SmallLanguageModel.Make().Encoder;
        var tokens = SmallLanguageModel.Tokens(3, 6);
        var output = model.call(tokens);
        Assert.True(plain.call(tokens).Raw.allclose(output.Raw));
        var factors = output.Dropped / output.Raw;
        Assert.True(factors.allclose(factors.narrow(1, 0, 1).expand_as(factors), 1e-4, 1e-5));
        Assert.Equal([0.0, 2.0], factors.mul(100).round().div(100).ReadNumbers().Distinct().Order());
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void HiddenDropout_ActsBetweenLayersOnly(int layers, bool same)
    {
        using var scope = NewDisposeScope();
        using var model = SmallLanguageModel.Make(AwdDropouts.None with { Hidden = 0.5 }, layers).Encoder;
        using var plain = SmallLanguageModel.Make(layers: layers).Encoder;
        var tokens = SmallLanguageModel.Tokens(3, 6);
        var output = model.call(tokens);
        Assert.Equal(same, plain.call(tokens).Raw.allclose(output.Raw));
        Assert.Equal(output.Raw.ReadFloats(), output.Dropped.ReadFloats());
    }

    [Fact]
    public void Numbers_AreFastais()
    {
        Assert.Equal(new AwdDropouts(0.25, 0.1, 0.2, 0.02, 0.15), AwdDropouts.LanguageModel);
        Assert.Equal(new AwdDropouts(0.4, 0.4, 0.5, 0.05, 0.3), AwdDropouts.Classifier);
        Assert.Equal(new AwdDropouts(0.2, 0.2, 0.25, 0.025, 0.15), AwdDropouts.Classifier.Scaled(0.5));
        Assert.Equal("Weight", Assert.Throws<ArgumentOutOfRangeException>(() => AwdDropouts.Classifier.Scaled(2.2)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AwdLstm(SmallLanguageModel.Options(AwdDropouts.None with { Input = 1 })));
    }
}
