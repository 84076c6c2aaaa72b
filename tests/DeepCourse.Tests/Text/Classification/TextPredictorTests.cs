using DeepCourse.Tensors;
using DeepCourse.Text;
using DeepCourse.Text.Classification;
using DeepCourse.Text.Tokenization;

namespace DeepCourse.Tests.Text.Classification;

public sealed class TextPredictorTests
{
    private static readonly string[] Words = ["a", "good", "bad", "film", "very", "it", "was"];
    private static readonly string[] Classes = ["negative", "positive"];
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "classifier.safetensors");

    [Fact]
    public void Predict_NamesTheClass()
    {
        using var predictor = Planted();
        var good = predictor.Predict("it was a good film");
        Assert.Equal(("positive", 1), (good.Class, good.Index));
        Assert.Equal(1, good.Probabilities.Sum(), 1e-12);
        Assert.Equal(good.Probabilities[1], good.Probability);
        Assert.True(good.Probability > 0.9, $"{good.Probability}");
        Assert.Equal("negative", predictor.Predict("a bad film").Class);
        Assert.Equal(0.5, predictor.Predict("").Probability, 1e-6);
    }

    [Fact]
    public void Predict_OfManyTexts_KeepsTheirOrder()
    {
        using var predictor = Planted();
        string[] texts = ["good", "it was a bad film", "it was a very very good film", "", "bad", "it was good"];
        var together = predictor.Predict(texts, batchSize: 2);
        Assert.Equal(texts.Select(text => predictor.Predict(text).Class), together.Select(prediction => prediction.Class));
        Assert.Equal(
            texts.SelectMany(text => predictor.Predict(text).Probabilities), together.SelectMany(prediction => prediction.Probabilities),
            (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Empty(predictor.Predict([]));
    }

    [Fact]
    public void SavedAndLoaded_SaysTheSame()
    {
        using var predictor = Planted();
        predictor.Save(_path);
        using var loaded = TextPredictor.Load(_path);
        using var given = TextPredictor.Load(_path, TinyClassifiers.Encoder(Words));
        foreach (var text in (string[])["it was a good film", "BAD", "A very unheard-of word"])
        {
            Assert.Equal(predictor.Predict(text).Probabilities, loaded.Predict(text).Probabilities);
            Assert.Equal(predictor.Predict(text).Probabilities, given.Predict(text).Probabilities);
        }
        Assert.Equal(Classes, loaded.Classes);
    }

    [Fact]
    public void Topics_AreSavedAndLoadedToo()
    {
        var encoder = TinyClassifiers.Encoder(Words);
        var classifier = TinyClassifiers.Random(TinyClassifiers.Options(encoder.Vocabulary.Count) with { Features = TextFeatures.Mean | TextFeatures.Topics, TopicCount = 3 });
        classifier.UseTopics(TinyClassifiers.Topics(encoder.Vocabulary.Count));
        using var predictor = new TextPredictor(classifier, encoder, Classes);
        predictor.Save(_path);
        using var loaded = TextPredictor.Load(_path);
        Assert.Equal(predictor.Predict("a good film").Probabilities, loaded.Predict("a good film").Probabilities);
        classifier.UseTopics(new(encoder.Vocabulary.Count, 3, new float[3 * encoder.Vocabulary.Count]));
        Assert.NotEqual(predictor.Predict("a good film").Probabilities, loaded.Predict("a good film").Probabilities);
    }

    [Fact]
    public void AnEnsemble_IsSavedAndLoadedToo()
    {
        var encoder = TinyClassifiers.Encoder(Words);
        var options = TinyClassifiers.Options(encoder.Vocabulary.Count);
        using var predictor = new TextPredictor(
            new TextEnsemble(TinyClassifiers.Random(options, seed: 1), TinyClassifiers.Random(options, seed: 2)), encoder, Classes);
        predictor.Save(_path);
        using var loaded = TextPredictor.Load(_path);
        Assert.Equal(predictor.Predict("a good film").Probabilities, loaded.Predict("a good film").Probabilities);
    }

    [Fact]
    public void AnotherVocabulary_IsNamedWithItsFirstDifference()
    {
        using (var predictor = Planted()) predictor.Save(_path);
        var error = Assert.Throws<VocabularyMismatchException>(
            () => TextPredictor.Load(_path, TinyClassifiers.Encoder(["a", "good", "ugly", "film", "very", "it", "was"])));
        Assert.Equal(SpecialToken.All.Count + 2, error.FirstDifference);
        Assert.Contains("'bad'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'ugly'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherTokenizer_IsNamed()
    {
        using (var predictor = Planted()) predictor.Save(_path);
        var french = new WordTokenizer(Language.French);
        var encoder = new WordEncoder(french, TinyClassifiers.Encoder(Words).Vocabulary);
        var error = Assert.Throws<DataFormatException>(() => TextPredictor.Load(_path, encoder));
        Assert.Contains(french.Description, error.Message, StringComparison.Ordinal);
        Assert.Contains(new WordTokenizer().Description, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherFiles_AreRefused()
    {
        using var classifier = TinyClassifiers.Random();
        Weights.Save(classifier, _path);
        Assert.Contains("text classifier", Assert.Throws<DataFormatException>(() => TextPredictor.Load(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatDoesNotBelongTogether_IsRefused()
    {
        var encoder = TinyClassifiers.Encoder(Words);
        using var classifier = TinyClassifiers.Random(TinyClassifiers.Options(encoder.Vocabulary.Count));
        using var larger = TinyClassifiers.Random(TinyClassifiers.Options(vocabulary: 99));
        Assert.Throws<ArgumentException>(() => new TextPredictor(classifier, encoder, ["one"]));
        Assert.Equal(99, Assert.Throws<VocabularyMismatchException>(() => new TextPredictor(larger, encoder, Classes)).ExpectedSize);
    }

    private static TextPredictor Planted()
    {
        var encoder = TinyClassifiers.Encoder(Words);
        var classifier = TinyClassifiers.Planted(encoder.Vocabulary, new Dictionary<string, double> { ["good"] = 2, ["bad"] = -2 });
        return new(classifier, encoder, Classes);
    }
}
