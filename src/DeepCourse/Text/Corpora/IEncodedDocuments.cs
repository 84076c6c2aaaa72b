namespace DeepCourse.Text.Corpora;

/// <summary>Documents as the numbers of their tokens, in a fixed order: what loaders read.</summary>
/// <remarks><b>Extending.</b> Reading must work from several threads at once, and nothing may change.</remarks>
public interface IEncodedDocuments
{
    /// <summary>The number of documents.</summary>
    int DocumentCount { get; }

    /// <summary>The number of tokens of all documents.</summary>
    long TokenCount { get; }

    /// <summary>The number that fills a batch where a document has ended.</summary>
    int PaddingIndex { get; }

    /// <summary>The names of the labels in the order of their numbers; empty if the documents have none.</summary>
    IReadOnlyList<string> Labels { get; }

    /// <summary>The number of tokens of a document.</summary>
    /// <param name="document">From 0 up to, but not including, <see cref="DocumentCount"/>.</param>
    int LengthOf(int document);

    /// <summary>The number of a document's label in <see cref="Labels"/>; -1 without one.</summary>
    /// <param name="document">From 0 up to, but not including, <see cref="DocumentCount"/>.</param>
    int LabelOf(int document);

    /// <summary>Copies tokens of a document.</summary>
    /// <param name="document">From 0 up to, but not including, <see cref="DocumentCount"/>.</param>
    /// <param name="start">The first token to copy.</param>
    /// <param name="tokens">Gets as many tokens as it is long; they must be there.</param>
    void Read(int document, int start, Span<long> tokens);
}
