using DeepCourse.Reporting;
using DeepCourse.Tensors;
using DeepCourse.Text;
using DeepCourse.Text.Classification;
using DeepCourse.Text.Tokenization;

namespace DeepCourse.Tests.Text.Classification;

public sealed class TextExplanationTests
{
    private static readonly string[] Words = ["a", "good", "bad", "film", "very", "it", "was", ",", "splendid"];

    [Fact]
    public void Occlude_FindsThePlantedWord()
    {
        using var predictor = Planted();
        var explanation = predictor.Occlude("It was a GOOD film, it was", tokensPerBatch: 30);

        Assert.Equal("positive", explanation.Class);
        Assert.Equal(["It", "was", "a", "GOOD", "film", ",", "it", "was"], explanation.Words.Select(word => word.Word));
        Assert.Equal([false, false, false, false, false, true, false, false], explanation.Words.Select(word => word.FollowsClosely));
        Assert.Equal("GOOD", explanation.Strongest(1)[0].Word);
        // Without the word nothing speaks for either class: the odds are even.
        var probability = explanation.Prediction.Probability;
        Assert.Equal(Math.Log(probability / (1 - probability)), explanation.Words[3].Influence, 1e-5);
        Assert.All(explanation.Words.Where((_, i) => i != 3), word => Assert.Equal(0, word.Influence, 1e-6));
    }

    [Fact]
    public void Occlude_OfTheOtherClass_TurnsTheSigns()
    {
        using var predictor = Planted();
        var explanation = predictor.Occlude("a good film", "negative");
        Assert.Equal("negative", explanation.Class);
        Assert.True(explanation.Words[1].Influence < -0.4, $"{explanation.Words[1].Influence}");
        Assert.Throws<ArgumentException>(() => predictor.Occlude("a good film", "neutral"));
    }

    [Fact]
    public void Occlude_LeavesUnknownWordsWithoutInfluence_AndShowsThem()
    {
        using var predictor = Planted();
        var explanation = predictor.Occlude("good dromedary");
        Assert.Equal(["good", "dromedary"], explanation.Words.Select(word => word.Word));
        Assert.Equal(0, explanation.Words[1].Influence);
        Assert.Empty(predictor.Occlude("").Words);
    }

    [Fact]
    public void Attribute_FindsThePlantedWord()
    {
        using var predictor = Planted();
        var explanation = predictor.Attribute("it was a very good film, it was a film");
        Assert.Equal("good", explanation.Strongest(1)[0].Word);
        Assert.True(explanation.Words[4].Influence > 0);
        Assert.All(explanation.Words.Where((_, i) => i != 4), word => Assert.Equal(0, word.Influence, 1e-6));
    }

    [Fact]
    public void Attribute_IsTheSlopeOfTheProbability()
    {
        var encoder = TinyClassifiers.Encoder(Words);
        var options = TinyClassifiers.Options(encoder.Vocabulary.Count) with { ChunkLength = 20, MaxLength = 20 };
        using var classifier = TinyClassifiers.Random(options);
        using var predictor = new TextPredictor(classifier, encoder, ["negative", "positive"]);
        const string Text = "it was a very good film";
        var explanation = predictor.Attribute(Text, "positive");
        // Each word is there once: a little less of its embedding is a little less of the word.
        const double Step = 1e-2;
        using var frozen = no_grad();
        foreach (var word in explanation.Words)
        {
            using var row = classifier.Encoder.Table.weight!.select(0, encoder.Vocabulary.IndexOf(word.Word));
            row.mul_(1 + Step);
            var more = predictor.Predict(Text).Probabilities[1];
            row.mul_((1 - Step) / (1 + Step));
            var less = predictor.Predict(Text).Probabilities[1];
            row.mul_(1 / (1 - Step));
            Assert.Equal((more - less) / (2 * Step), word.Influence, 2e-4);
        }
    }

    [Fact]
    public void Attribute_CountsWhatAWordDoesAsATopic()
    {
        var encoder = TinyClassifiers.Encoder(Words);
        var topics = TinyClassifiers.Topics(encoder.Vocabulary.Count);
        using var classifier = TinyClassifiers.Random(TinyClassifiers.Options(encoder.Vocabulary.Count) with { Features = TextFeatures.Topics, TopicCount = 3, HiddenSize = 0 });
        classifier.UseTopics(topics);
        using var predictor = new TextPredictor(classifier, encoder, ["negative", "positive"]);
        const string Text = "it was a very good film , film film";
        var explanation = predictor.Attribute(Text, "positive");
        // The head is linear: a class's probability p moves by p (1 - p) for each step of what speaks for the class.
        var head = classifier.named_parameters().Single(pair => pair.name == "head.linear1.weight").parameter.detach();
        var weights = (head[1] - head[0]).ReadFloats();
        var ids = predictor.Encode(Text);
        var length = Math.Sqrt(Enumerable.Range(0, 3).Sum(i => Math.Pow(ids.Distinct().Sum(id => topics[id][i]), 2)));
        var p = predictor.Predict(Text).Probabilities[1];
        foreach (var word in explanation.Words)
        {
            var row = topics[encoder.Vocabulary.IndexOf(word.Word)];
            // Three occurrences of "film" share what it adds.
            var expected = p * (1 - p) * ((row[0] * weights[0]) + (row[1] * weights[1]) + (row[2] * weights[2])) / length / (word.Word == "film" ? 3 : 1);
            Assert.Equal(expected, word.Influence, 1e-5);
            Assert.True(Math.Abs(expected) > 1e-4, $"{word.Word}: {expected}");
        }
    }

    [Fact]
    public void Attribute_OfAnEnsemble_AddsUpItsPartsWithTopicsAndWithout()
    {
        var encoder = TinyClassifiers.Encoder(Words);
        TextClassifier Make(TextFeatures features, int seed)
        {
            var classifier = TinyClassifiers.Random(TinyClassifiers.Options(encoder.Vocabulary.Count) with { ChunkLength = 20, MaxLength = 20, Features = features, TopicCount = 3, HiddenSize = 0 }, seed);
            if (features.HasFlag(TextFeatures.Topics)) classifier.UseTopics(TinyClassifiers.Topics(encoder.Vocabulary.Count));
            return classifier;
        }
        const string Text = "it was a very good film";
        using var with = new TextPredictor(new TextEnsemble(Make(TextFeatures.Mean, 1), Make(TextFeatures.Mean | TextFeatures.Topics, 2)), encoder, ["negative", "positive"]);
        using var both = new TextPredictor(new TextEnsemble(Make(TextFeatures.Topics, 1), Make(TextFeatures.Topics, 1)), encoder, ["negative", "positive"]);
        using var one = new TextPredictor(Make(TextFeatures.Topics, 1), encoder, ["negative", "positive"]);
        Assert.Equal(one.Attribute(Text, "positive").Words.Select(word => word.Influence), both.Attribute(Text, "positive").Words.Select(word => word.Influence), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.All(with.Attribute(Text, "positive").Words, word => Assert.NotEqual(0, word.Influence));
    }

    [Fact]
    public void Occlude_WithTopicsHidesAllOccurrencesOfAWord()
    {
        var encoder = TinyClassifiers.Encoder(Words);
        using var classifier = TinyClassifiers.Random(TinyClassifiers.Options(encoder.Vocabulary.Count) with { Features = TextFeatures.Topics, TopicCount = 3, HiddenSize = 0 });
        var topics = new float[3 * encoder.Vocabulary.Count];
        topics[encoder.Vocabulary.IndexOf("good") * 3] = topics[(encoder.Vocabulary.IndexOf("bad") * 3) + 1] = 1;
        classifier.UseTopics(new(encoder.Vocabulary.Count, 3, topics));
        using var predictor = new TextPredictor(classifier, encoder, ["negative", "positive"]);
        double Odds(string text) => Math.Log(predictor.Predict(text).Probabilities[1] / predictor.Predict(text).Probabilities[0]);

        var explanation = predictor.Occlude("good film , a good bad film", "positive");

        var expected = (Odds("good bad") - Odds("bad")) / 2;
        Assert.True(Math.Abs(expected) > 0.01, $"{expected}");
        Assert.Equal([expected, expected], explanation.Words.Where(word => word.Word == "good").Select(word => word.Influence), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.All(explanation.Words.Where(word => word.Word == "film"), word => Assert.Equal(0, word.Influence, 1e-5));
    }

    [Fact]
    public void Attribute_OfAnEnsemble_TurnsTheSecondRound()
    {
        var encoder = TinyClassifiers.Encoder(Words);
        var words = new Dictionary<string, double> { ["good"] = 2, ["bad"] = -2 };
        using var predictor = new TextPredictor(
            new TextEnsemble(TinyClassifiers.Planted(encoder.Vocabulary, words), TinyClassifiers.Planted(encoder.Vocabulary, words)),
            encoder, ["negative", "positive"]);
        Assert.Equal("good", predictor.Attribute("good it was a film").Strongest(1)[0].Word);
        using var one = Planted();
        Assert.Equal(
            one.Attribute("good it was a film").Words[0].Influence, predictor.Attribute("good it was a film").Words[0].Influence, 1e-6);
    }

    [Fact]
    public void Repetitions_AreOneWord()
    {
        using var predictor = Planted();
        Assert.Equal(["a", "very very very", "good", "film", "!!!!!"], predictor.Occlude("a very very very good film !!!!!")
            .Words.Select(word => word.Word));
    }

    [Fact]
    public void ToPassage_ShadesTheWords()
    {
        using var predictor = Planted();
        var passage = predictor.Occlude("a good film").ToPassage(truth: "negative");
        Assert.False(passage.Correct);
        Assert.Contains("**positive**", passage.Heading, StringComparison.Ordinal);
        var html = new ShadedText("Reviews", [passage]).ToHtml();
        Assert.Contains(">good</span>", html, StringComparison.Ordinal);
        Assert.DoesNotContain(">film</span>", html, StringComparison.Ordinal);
    }

    private static TextPredictor Planted()
    {
        var encoder = TinyClassifiers.Encoder(Words);
        var words = new Dictionary<string, double> { ["good"] = 2, ["bad"] = -2 };
        return new(TinyClassifiers.Planted(encoder.Vocabulary, words), encoder, ["negative", "positive"]);
    }
}
