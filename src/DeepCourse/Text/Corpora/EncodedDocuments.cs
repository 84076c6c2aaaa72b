using DeepCourse.Data;

namespace DeepCourse.Text.Corpora;

/// <summary>Encoded documents in memory, for sets that are small enough.</summary>
public sealed class EncodedDocuments : IEncodedDocuments
{
    private readonly int[][] _tokens;
    private readonly int[]? _labels;

    /// <summary>Takes documents that are encoded already.</summary>
    /// <param name="tokens">The numbers of each document's tokens.</param>
    /// <param name="paddingIndex">The number that fills a batch where a document has ended.</param>
    /// <param name="labels">The number of each document's label, -1 for none; null if none has one.</param>
    /// <param name="labelNames">The names of the labels in the order of their numbers.</param>
    /// <exception cref="ArgumentException">There are not as many labels as documents, or a label has no name.</exception>
    public EncodedDocuments(
        IEnumerable<int[]> tokens, int paddingIndex, IEnumerable<int>? labels = null, IEnumerable<string>? labelNames = null)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        (_tokens, _labels, Labels) = ([.. tokens], labels?.ToArray(), [.. labelNames ?? []]);
        (PaddingIndex, TokenCount) = (paddingIndex, _tokens.Sum(document => (long)document.Length));
        if (_labels == null) return;
        if (_labels.Length != _tokens.Length)
            throw new ArgumentException($"{_labels.Length} labels were given for {_tokens.Length} documents.", nameof(labels));
        foreach (var label in _labels)
            if (label < -1 || label >= Labels.Count)
                throw new ArgumentException($"The label {label} is not one of the {Labels.Count} that have names.", nameof(labels));
    }

    /// <summary>Encodes documents by several threads.</summary>
    /// <param name="documents">Empty ones are left out.</param>
    /// <param name="encoder">Numbers the tokens.</param>
    /// <param name="options">Threads and labels; by default <see cref="CorpusOptions"/> as it is made.</param>
    /// <param name="cancellation">Ends the encoding.</param>
    /// <exception cref="Tensors.DataFormatException">A document can't be read, or has no label where one is
    /// needed.</exception>
    public static EncodedDocuments Of(
        IDocuments documents, ITextEncoder encoder, CorpusOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(encoder);
        var settings = (options ?? CorpusOptions.Default).Checked();
        var numbers = new LabelNumbers(documents.Name, settings, []);
        var (tokens, labels) = (new List<int[]>(), new List<int>());
        OrderedWork.Run(DocumentChunk.Cut(documents), Encode, Take, settings.Threads, cancellation);
        var (names, final) = numbers.Finish();
        return new(
            tokens, TokenFileHeader.PaddingOf(encoder.Vocabulary),
            names.Length == 0 ? null : labels.Select(label => label < 0 ? -1 : final[label]), names);

        EncodedChunk Encode(DocumentChunk chunk)
        {
            var encoded = new EncodedChunk();
            encoded.Encode(chunk, encoder);
            return encoded;
        }

        void Take(EncodedChunk chunk)
        {
            for (var index = 0; index < chunk.Ends.Count; index++)
            {
                tokens.Add(chunk.Tokens[(index == 0 ? 0 : chunk.Ends[index - 1])..chunk.Ends[index]].ToArray());
                labels.Add(numbers.NumberOf(chunk.Source.Documents[index]));
            }
        }
    }

    /// <inheritdoc/>
    public int DocumentCount => _tokens.Length;

    /// <inheritdoc/>
    public long TokenCount { get; }

    /// <inheritdoc/>
    public int PaddingIndex { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Labels { get; }

    /// <inheritdoc/>
    public int LengthOf(int document) => _tokens[document].Length;

    /// <inheritdoc/>
    public int LabelOf(int document) => _labels?[document] ?? -1;

    /// <inheritdoc/>
    public void Read(int document, int start, Span<long> tokens)
    {
        var source = _tokens[document].AsSpan(start, tokens.Length);
        for (var index = 0; index < source.Length; index++) tokens[index] = source[index];
    }
}
