using DeepCourse.Text;
using DeepCourse.Text.Classification;
using DeepCourse.Text.Corpora;
using DeepCourse.Text.Loading;
using DeepCourse.Text.Tokenization;
using DeepCourse.Text.Transfer;
using DeepCourse.Text.Vectors;

namespace DeepCourse.Tests.Text.Classification;

/// <summary>The way that docs/corpora.md shows, on generated texts of which ten have labels.</summary>
public sealed class FewLabelsTests
{
    private static readonly string[] Kitchen = ["oven", "butter", "flour", "sugar", "bake", "cream", "dough", "cake", "spoon", "bowl", "salt", "egg"];
    private static readonly string[] Garden = ["soil", "seed", "rain", "bloom", "leaf", "root", "spade", "weed", "grass", "tree", "hedge", "prune"];
    private static readonly string[] Anywhere = ["the", "and", "a", "with", "some", "of", "in", "it", "we", "put"];

    [Fact]
    public void TheDocumentedWay_TellsTextsApart()
    {
        var documents = Documents.Of([.. Enumerable.Range(0, 240).Select(Write)]);
        var tokenizer = new WordTokenizer();
        var encoder = new WordEncoder(tokenizer, TokenVocabulary.Of(documents.CountTokens(tokenizer)));
        var corpus = EncodedDocuments.Of(documents, encoder, new() { Labels = CorpusLabels.Ignore });
        var labeled = EncodedDocuments.Of(Documents.Of([.. Enumerable.Range(0, 10).Select(Write)]), encoder, new() { Labels = CorpusLabels.Require });
        manual_seed(1);

        var words = encoder.Vocabulary;
        var topics = LatentSemantics.Of(corpus, words.Count, new() { Size = 8 });
        using var english = LanguageModels.English.Create(words, out _);
        var classifier = PretrainedLanguageModel.Of(english, words).CreateClassifier(labeled.Labels.Count, customize: options => options with
        {
            Features = TextFeatures.Mean | TextFeatures.Topics,
            TopicCount = topics.Size,
            HiddenSize = 0,
        });
        classifier.UseTopics(topics);
        classifier.FitHead(new TextLoader(labeled, new() { TokenBudget = 30_000 }));

        using var predictor = new TextPredictor(classifier, encoder, labeled.Labels);
        var asked = Enumerable.Range(1000, 60).Select(Write).ToArray();
        var answers = predictor.Predict([.. asked.Select(text => text.Text)]);
        var right = asked.Zip(answers).Count(pair => pair.First.Label == pair.Second.Class);
        Assert.True(right >= 57, $"{right} of 60");
        Assert.Equal("butter", predictor.Occlude("we put some butter in it").Strongest(1)[0].Word);
    }

    // Each text has only four of its subject's twelve words.
    private static Document Write(int number)
    {
        var random = new Random(number);
        var (label, subject) = number % 2 == 0 ? ("kitchen", Kitchen) : ("garden", Garden);
        var words = random.GetItems(Anywhere, 8).Concat(random.GetItems(subject, 4)).ToArray();
        random.Shuffle(words);
        return new($"{number}", string.Join(' ', words), label);
    }
}
