using DeepCourse.Tensors;
using DeepCourse.Text;
using DeepCourse.Text.Models;
using DeepCourse.Text.Tokenization;
using DeepCourse.Text.Transfer;

namespace DeepCourse.Tests.Text.Transfer;

public sealed class PretrainedLanguageModelTests
{
    private static readonly TokenVocabulary Old = new([.. SpecialToken.All, "the", "été", "\n", "\"\\"]);
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "model.safetensors");

    [Theory]
    [InlineData(ScalarType.Float32, 0)]
    [InlineData(ScalarType.Float16, 1e-2)]
    public void SavedAndLoaded_IsTheSameModel(ScalarType type, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var model = Random();
        PretrainedLanguageModel.Of(model, Old, "words 1: English", isBackward: true).Save(_path, type);

        var loaded = PretrainedLanguageModel.Load(_path);
        var other = loaded.Create();

        Assert.Equal((IEnumerable<string>)Old, loaded.Vocabulary);
        Assert.Equal(Old.Fingerprint, loaded.Vocabulary.Fingerprint);
        Assert.Equal(model.Encoder.Options, loaded.Options);
        Assert.Equal(("words 1: English", true), (loaded.Tokenizer, loaded.IsBackward));
        Assert.Equal(Logits(model), Logits(other), (a, b) => Math.Abs(a - b) <= tolerance);
    }

    [Fact]
    public void AnotherVocabulary_GetsRowsByToken_AndTheMeanRowForTheUnseen()
    {
        using var scope = NewDisposeScope();
        var model = Random();
        var vocabulary = new TokenVocabulary([.. SpecialToken.All, "wonderful", "\n", "the", "actor", "été"]);

        var adapted = PretrainedLanguageModel.Of(model, Old).Create(vocabulary, out var report, AwdDropouts.None);

        Assert.Equal((14, 12), (report.Tokens, report.Found));
        Assert.Equal(["wonderful", "actor"], report.Unseen);
        Assert.Equal(12.0 / 14, report.Share);
        Assert.Equal(AwdDropouts.None, adapted.Encoder.Dropouts);
        var (before, after) = (Rows(model), Rows(adapted));
        double[] mean = [.. Enumerable.Range(0, before[0].Length).Select(column => before.Average(row => row[column]))];
        for (var token = 0; token < vocabulary.Count; token++)
        {
            var expected = Old.Contains(vocabulary[token]) ? before[Old.IndexOf(vocabulary[token])] : mean;
            Assert.Equal(expected, after[token], (a, b) => Math.Abs(a - b) < 1e-6);
        }
        // What doesn't belong to tokens is the same.
        Assert.Equal(
            model.state_dict()["encoder.layers.1.weight_hh"].ReadFloats(), adapted.state_dict()["encoder.layers.1.weight_hh"].ReadFloats());
    }

    [Fact]
    public void AClassifier_GetsTheEncoder()
    {
        using var scope = NewDisposeScope();
        var model = Random();
        var classifier = PretrainedLanguageModel.Of(model, Old)
            .CreateClassifier(3, customize: options => options with { ChunkLength = 7 });

        Assert.Equal((3, 7), (classifier.Options.Classes, classifier.Options.ChunkLength));
        Assert.Equal(AwdDropouts.Classifier, classifier.Options.Encoder.Dropouts);
        var (from, to) = (model.Encoder.state_dict(), classifier.Encoder.state_dict());
        Assert.Equal(from.Keys, to.Keys);
        Assert.All(from.Keys, key => Assert.Equal(from[key].ReadFloats(), to[key].ReadFloats()));
        // Copies: training the classifier leaves the language model as it is.
        using (no_grad()) classifier.Encoder.Table.weight!.zero_();
        Assert.NotEqual(0, model.Encoder.Table.weight!.abs().sum().ReadNumber());
    }

    [Fact]
    public void Require_NamesTheFirstTokenThatDiffers()
    {
        using var model = Random();
        var pretrained = PretrainedLanguageModel.Of(model, Old);
        pretrained.Require(new([.. Old]));
        var error = Assert.Throws<VocabularyMismatchException>(() => pretrained.Require(new([.. SpecialToken.All, "the", "book"])));
        Assert.Equal((13, 11, 10), (error.ExpectedSize, error.ActualSize, error.FirstDifference));
    }

    [Fact]
    public void AVocabularyOfAnotherSize_IsRefused()
    {
        using var model = Random();
        var error = Assert.Throws<VocabularyMismatchException>(() => PretrainedLanguageModel.Of(model, new([.. SpecialToken.All])));
        Assert.Equal((13, 9), (error.ExpectedSize, error.ActualSize));
    }

    [Fact]
    public void AModelOfOtherSizes_IsRefused_AndLeftAsItIs()
    {
        using var scope = NewDisposeScope();
        var wider = new LanguageModel(new AwdLstmOptions(Old.Count) { EmbeddingSize = 6, HiddenSize = 5, Layers = 2 });
        var before = wider.Encoder.Table.weight!.ReadFloats();
        var error = Assert.Throws<WeightsMismatchException>(() => PretrainedLanguageModel.Of(Random(), Old).CopyTo(wider, Old));
        Assert.Contains(error.Misshaped, weight => weight.Key == "encoder.embedding.weight");
        Assert.Equal(before, wider.Encoder.Table.weight!.ReadFloats());
    }

    [Fact]
    public void FilesWithoutAVocabulary_AreRefused()
    {
        using var model = Random();
        Weights.Save(model, _path);
        Assert.Contains("language model", Assert.Throws<DataFormatException>(() => PretrainedLanguageModel.Load(_path)).Message, StringComparison.Ordinal);
        Assert.Contains("FromFastai", Assert.Throws<DataFormatException>(
            () => PretrainedLanguageModel.Load(ReferenceFiles.PathOf("text_transfer/lstm_fwd.pth"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileWhoseRowsAreNotItsTokens_IsRefused()
    {
        using var scope = NewDisposeScope();
        PretrainedLanguageModel.Of(Random(), Old).Save(_path);
        var weights = Weights.Read(_path).ToDictionary(pair => pair.Key, pair => pair.Value);
        weights["encoder.embedding.weight"] = weights["encoder.embedding.weight"].narrow(0, 0, 11);
        Weights.Write(_path, weights, Weights.ReadMetadata(_path));
        var error = Assert.Throws<VocabularyMismatchException>(() => PretrainedLanguageModel.Load(_path).Create());
        Assert.Equal((11, 13), (error.ExpectedSize, error.ActualSize));
    }

    [SkippableFact]
    public void English_IsAModelThatKnowsEnglish()
    {
        Skip.IfNot(LanguageModels.HasEnglish, "the library was built without its English model");
        var english = LanguageModels.English;
        Assert.True(english.Vocabulary.Contains("the"));
        Assert.False(english.IsBackward);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var model = english.Create();
        model.eval();
        long[] text = [.. new[] { SpecialToken.Begin, "it", "is", "one", "of", "the" }.Select(word => (long)english.Vocabulary.IndexOf(word))];
        var next = model.call(torch.tensor(text).unsqueeze(0)).Logits().reshape(text.Length, -1).select(0, text.Length - 1);
        // Nobody says "one of the the".
        Assert.True(next[english.Vocabulary.IndexOf("most")].ReadNumber() > next[english.Vocabulary.IndexOf("the")].ReadNumber());
    }

    [SkippableFact]
    public void English_SaysSoWhereItIsMissing()
    {
        Skip.If(LanguageModels.HasEnglish, "the library has its English model");
        Assert.Contains("english.safetensors", Assert.Throws<InvalidOperationException>(() => LanguageModels.English).Message, StringComparison.Ordinal);
    }

    private static LanguageModel Random()
    {
        manual_seed(8);
        return new LanguageModel(new AwdLstmOptions(Old.Count) { EmbeddingSize = 4, HiddenSize = 5, Layers = 2 });
    }

    private static double[] Logits(LanguageModel model)
    {
        model.eval();
        model.Encoder.ResetState();
        return model.call(torch.tensor(new long[] { 2, 9, 10, 11, 12 }).unsqueeze(0)).Logits().ReadNumbers();
    }

    // Each token's row of the embedding, and its bias.
    private static double[][] Rows(LanguageModel model)
    {
        var weights = model.state_dict();
        var bias = weights["decoder.bias"].ReadNumbers();
        return [.. weights["encoder.embedding.weight"].ReadNumbers().Chunk(4).Select((row, token) => (double[])[.. row, bias[token]])];
    }
}
