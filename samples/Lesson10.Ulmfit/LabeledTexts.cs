using DeepCourse.Text;
using DeepCourse.Text.Baselines;
using DeepCourse.Text.Corpora;
using DeepCourse.Text.Tokenization;

namespace Lesson10;

/// <summary>A few texts with labels to learn from, and texts to test on.</summary>
/// <param name="Few">To learn from, as many of each class.</param>
/// <param name="Test">To test on.</param>
/// <param name="Classes">The names of the labels.</param>
/// <param name="Training"><paramref name="Few"/> as numbers.</param>
/// <param name="Tested"><paramref name="Test"/> as numbers.</param>
internal sealed record LabeledTexts(
    IReadOnlyList<Document> Few, IReadOnlyList<Document> Test, IReadOnlyList<string> Classes, EncodedDocuments Training, EncodedDocuments Tested)
{
    /// <summary>Chooses texts at random; with the same seed the fewer are among the more.</summary>
    internal static LabeledTexts Choose(ReviewSet reviews, ITextEncoder encoder, int labels, int tests, int seed)
    {
        var few = Balanced(reviews.Training, reviews.Classes, labels, new Random(seed));
        // The same test texts whatever the seed: results are to be compared.
        var test = Balanced(reviews.Test, reviews.Classes, tests, new Random(0));
        return new(few, test, reviews.Classes, Encode(few), Encode(test));

        EncodedDocuments Encode(IReadOnlyList<Document> texts) =>
            EncodedDocuments.Of(Documents.Of(texts), encoder, new() { Labels = CorpusLabels.Require, LabelNames = reviews.Classes });
    }

    /// <summary>The number of each label to learn from.</summary>
    internal IEnumerable<int> FewLabels => Enumerable.Range(0, Training.DocumentCount).Select(Training.LabelOf);

    /// <summary>The number of each label to be found.</summary>
    internal IEnumerable<int> TestLabels => Enumerable.Range(0, Tested.DocumentCount).Select(Tested.LabelOf);

    /// <summary>The baseline: words and pairs of words counted, and a logistic regression.</summary>
    internal TfIdfClassifier FitBaseline() =>
        TfIdfClassifier.Fit(new WordTokenizer(), [.. Few.Select(text => text.Text)], [.. FewLabels], Classes.Count, c: 10);

    /// <summary>The share of the test texts that a baseline answers right.</summary>
    /// <param name="baseline">Of <see cref="FitBaseline"/>.</param>
    internal double BaselineAccuracy(TfIdfClassifier baseline) => baseline.Accuracy(Test.Select(text => text.Text), [.. TestLabels]);

    // Empty texts have nothing to say, and would be left out when the others become numbers.
    private static Document[] Balanced(IReadOnlyList<Document> texts, IReadOnlyList<string> classes, int count, Random random) =>
    [
        .. classes.SelectMany(name =>
        {
            var all = texts.Where(text => text.Label == name && !text.IsEmpty).ToArray();
            random.Shuffle(all);
            return all.Take(count / classes.Count);
        }),
    ];
}
