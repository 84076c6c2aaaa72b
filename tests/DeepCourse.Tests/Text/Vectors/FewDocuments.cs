using DeepCourse.Text.Corpora;

namespace DeepCourse.Tests.Text.Vectors;

/// <summary>Documents of tokens that a test has written down.</summary>
internal sealed class FewDocuments(params int[][] documents) : IEncodedDocuments
{
    private int _reads;

    /// <summary>Told how often a document has been read.</summary>
    public Action<int>? AfterReading { get; init; }

    public int DocumentCount => documents.Length;

    public long TokenCount => documents.Sum(document => (long)document.Length);

    public int PaddingIndex => 1;

    public IReadOnlyList<string> Labels => [];

    public int LengthOf(int document) => documents[document].Length;

    public int LabelOf(int document) => -1;

    public void Read(int document, int start, Span<long> tokens)
    {
        for (var i = 0; i < tokens.Length; i++) tokens[i] = documents[document][start + i];
        AfterReading?.Invoke(Interlocked.Increment(ref _reads));
    }
}
