namespace DeepCourse.Text.Corpora;

/// <summary>What is counted in documents that are numbers already.</summary>
public static class EncodedDocumentReading
{
    /// <summary>How often each token of a vocabulary occurs.</summary>
    /// <param name="texts">The documents, of which one at a time is in memory.</param>
    /// <param name="words">The size of the vocabulary; all tokens are smaller.</param>
    /// <param name="documents">Which ones; by default all.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">A token is not of the vocabulary.</exception>
    public static long[] CountTokens(this IEncodedDocuments texts, int words, IReadOnlyList<int>? documents = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfNegative(words);
        var counts = new long[words];
        foreach (var tokens in texts.ReadFrom(0, words, documents ?? texts.All(), cancellation))
            foreach (var token in tokens.AsSpan()) counts[token]++;
        return counts;
    }

    /// <summary>The tokens of a document.</summary>
    /// <param name="texts">The documents.</param>
    /// <param name="document">From 0 up to, but not including, <see cref="IEncodedDocuments.DocumentCount"/>.</param>
    public static int[] TokensOf(this IEncodedDocuments texts, int document)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var tokens = new long[texts.LengthOf(document)];
        texts.Read(document, 0, tokens);
        return Array.ConvertAll(tokens, token => (int)token);
    }

    /// <summary>The numbers of all documents.</summary>
    internal static IReadOnlyList<int> All(this IEncodedDocuments texts) => [.. Enumerable.Range(0, texts.DocumentCount)];

    /// <summary>The tokens of one document after the other that are not smaller than a number, in one array that is used
    /// again.</summary>
    /// <exception cref="ArgumentException">A token is not of the vocabulary.</exception>
    internal static IEnumerable<ArraySegment<int>> ReadFrom(this IEncodedDocuments texts, int first, int words, IEnumerable<int> documents, CancellationToken cancellation)
    {
        var (tokens, kept) = (Array.Empty<long>(), Array.Empty<int>());
        foreach (var document in documents)
        {
            cancellation.ThrowIfCancellationRequested();
            var length = texts.LengthOf(document);
            if (tokens.Length < length) (tokens, kept) = (new long[length * 2], new int[length * 2]);
            texts.Read(document, 0, tokens.AsSpan(0, length));
            var count = 0;
            for (var i = 0; i < length; i++)
            {
                if (tokens[i] >= words) throw new ArgumentException($"document {document} has the token {tokens[i]}, but the vocabulary has {words} words", nameof(texts));
                if (tokens[i] >= first) kept[count++] = (int)tokens[i];
            }
            yield return new(kept, 0, count);
        }
    }
}
