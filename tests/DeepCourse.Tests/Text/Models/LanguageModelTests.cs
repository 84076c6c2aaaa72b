using DeepCourse.Data;
using DeepCourse.Optimization;
using DeepCourse.Tensors;
using DeepCourse.Text.Losses;
using DeepCourse.Text.Models;
using DeepCourse.Training;

namespace DeepCourse.Tests.Text.Models;

public sealed class LanguageModelTests
{
    [Fact]
    public void LayerGroups_AreTheLayersAndThenEmbeddingsWithDecoder()
    {
        using var model = SmallLanguageModel.Make(layers: 3);
        var groups = ParameterGroups.Of(model);
        Assert.Equal(4, groups.Count);
        Assert.Equal([4, 4, 4, 2], Enumerable.Range(0, 4).Select(group => groups[group].Count));
        Assert.Contains(groups[3], parameter => ReferenceEquals(parameter, model.Encoder.Table.weight));
        Assert.Contains(groups[3], parameter => ReferenceEquals(parameter, model.DecoderBias));
    }

    [Fact]
    public void Weights_HaveTheirNamesAndSizes()
    {
        using var model = SmallLanguageModel.Make(layers: 2);
        var shapes = model.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.ShapeText());
        Assert.Equal(10, shapes.Count);
        Assert.Equal("[19, 6]", shapes["encoder.embedding.weight"]);
        Assert.Equal("[40, 6]", shapes["encoder.layers.0.weight_ih"]);
        Assert.Equal("[40, 10]", shapes["encoder.layers.0.weight_hh"]);
        Assert.Equal("[24, 10]", shapes["encoder.layers.1.weight_ih"]);
        Assert.Equal("[24, 6]", shapes["encoder.layers.1.weight_hh"]);
        Assert.Equal("[24]", shapes["encoder.layers.1.bias_hh"]);
        Assert.Equal("[19]", shapes["decoder.bias"]);
    }

    [Fact]
    public void SavedAndLoaded_SaysTheSame()
    {
        using var scope = NewDisposeScope();
        using var model = SmallLanguageModel.Make();
        using var other = new LanguageModel(SmallLanguageModel.Options());
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "model.safetensors");
        Weights.Save(model, path);
        Weights.Load(other, path);
        var tokens = SmallLanguageModel.Tokens(2, 5);
        Assert.Equal(model.call(tokens).Logits().ReadFloats(), other.call(tokens).Logits().ReadFloats());
    }

    [Fact]
    public void Embeddings_BeginSmallAndAreTheDecoder()
    {
        using var scope = NewDisposeScope();
        using var model = SmallLanguageModel.Make();
        var table = model.Encoder.Table.weight!;
        Assert.InRange(table.abs().max().ReadNumber(), 0.08, 0.1);
        var output = model.call(SmallLanguageModel.Tokens(2, 5));
        Assert.True(output.Logits().allclose(output.Dropped.matmul(table.t()) + model.DecoderBias, 1e-5, 1e-6));
    }

    [Fact]
    public void CrossEntropy_IsThatOfTheLogitsAndIsComputedOnce()
    {
        using var scope = NewDisposeScope();
        using var model = SmallLanguageModel.Make();
        var output = model.call(SmallLanguageModel.Tokens(3, 5));
        var targets = SmallLanguageModel.Tokens(3, 5);
        var expected = functional.cross_entropy(output.Logits().transpose(1, 2), targets);
        var first = output.CrossEntropy(targets);
        Assert.Equal(expected.ReadNumber(), first.ReadNumber(), 1e-5);
        using (no_grad()) Assert.Same(first, output.CrossEntropy(targets));
        Assert.NotSame(first, output.CrossEntropy(targets.clone()));
    }

    [Fact]
    public void CrossEntropyOfAMetric_DoesNotKeepTheLossFromItsGradient()
    {
        using var scope = NewDisposeScope();
        using var model = SmallLanguageModel.Make();
        var output = model.call(SmallLanguageModel.Tokens(3, 5));
        var targets = SmallLanguageModel.Tokens(3, 5);
        using (no_grad()) output.CrossEntropy(targets);
        output.CrossEntropy(targets).backward();
        Assert.NotNull(model.DecoderBias.grad);
    }

    [Fact]
    public void ATinyCorpus_IsLearnedByHeart()
    {
        manual_seed(3);
        using var model = new LanguageModel(new AwdLstmOptions(19)
        {
            EmbeddingSize = 16,
            HiddenSize = 32,
            Layers = 2,
            Dropouts = AwdDropouts.LanguageModel.Scaled(0.1),
        });
        using var data = new Loaders<Tensor, Tensor>(new TokenStream(4, 4, 8), new TokenStream(4, 4, 8));
        using var perplexity = new Perplexity();
        using var learner = Learner.Create(
            data, model, new LanguageModelLoss().Of, Optimizers.Adam(), [new ResetStateBetweenEpochs(), perplexity]);
        learner.FitOneCycle(120, 2e-2);
        var validation = learner.Validate();
        Assert.InRange(validation.Loss, 0, 0.25);
        Assert.Equal(Math.Exp(validation.Loss), validation.Value("perplexity"), 1e-5);
    }
}
