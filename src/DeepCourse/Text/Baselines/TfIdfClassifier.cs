using DeepCourse.Text.Tokenization;

namespace DeepCourse.Text.Baselines;

/// <summary>The baseline that every text classifier has to beat: <see cref="TfIdf"/> and a
/// <see cref="LogisticRegression"/>. It knows words and pairs of words, and nothing of their order beyond that.</summary>
/// <param name="Terms">Turns documents into rows.</param>
/// <param name="Regression">Judges rows.</param>
public sealed record TfIdfClassifier(TfIdf Terms, LogisticRegression Regression)
{
    /// <summary>Learns from labelled documents.</summary>
    /// <param name="tokenizer">Cuts documents into tokens.</param>
    /// <param name="documents">The documents.</param>
    /// <param name="labels">The class of each, from 0.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="c">How much the errors count against the size of the weights; for single texts of some length 10 is
    /// better than 1.</param>
    /// <param name="options">Which terms count; null for words and pairs.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static TfIdfClassifier Fit(
        ITokenizer tokenizer,
        IReadOnlyList<string> documents,
        IReadOnlyList<int> labels,
        int classes = 2,
        double c = 10,
        TfIdfOptions? options = null,
        CancellationToken cancellation = default)
    {
        var terms = TfIdf.Fit(tokenizer, documents, options, cancellation);
        return new(terms, LogisticRegression.Fit(terms.Transform(documents, cancellation), labels, classes, new() { C = c }, cancellation));
    }

    /// <summary>The most probable class of every document.</summary>
    /// <param name="documents">The documents.</param>
    public int[] Predict(IEnumerable<string> documents) => Regression.Predict(Terms.Transform(documents));

    /// <summary>The share of documents whose most probable class is the right one.</summary>
    /// <param name="documents">The documents.</param>
    /// <param name="labels">The class of each.</param>
    public double Accuracy(IEnumerable<string> documents, IReadOnlyList<int> labels)
    {
        var answers = Predict(documents);
        if (answers.Length != labels.Count) throw new ArgumentException($"expected {answers.Length} labels, one for each document; found {labels.Count}", nameof(labels));
        return answers.Zip(labels, (answer, label) => answer == label ? 1.0 : 0.0).Average();
    }

    /// <summary>The terms that speak most for a class, with their weights.</summary>
    /// <param name="label">The class.</param>
    /// <param name="count">How many.</param>
    public IReadOnlyList<(string Term, double Weight)> Strongest(int label, int count) =>
        [.. Regression.Strongest(label, count).Select(each => (Terms[each.Feature], each.Weight))];
}
