using DeepCourse.Reporting;
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
        const float Step = 1e-2f;
        double Probability(float share)
        {
            var film = encoder.Vocabulary.IndexOf("film");
            float[] changed = [.. Enumerable.Range(0, topics.Count).SelectMany(word => topics[word].ToArray().Select(value => word == film ? value * share : value))];
            classifier.UseTopics(new(topics.Count, 3, changed));
            return predictor.Predict(Text).Probabilities[1];
        }
        var slope = (Probability(1 + Step) - Probability(1 - Step)) / (2 * Step);
        // Three occurrences share it.
        var film = explanation.Words.Where(word => word.Word == "film").ToArray();
        Assert.Equal(3, film.Length);
        Assert.All(film, word => Assert.Equal(slope / 3, word.Influence, 1e-4));
        Assert.True(Math.Abs(slope) > 1e-3, $"{slope}");
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
