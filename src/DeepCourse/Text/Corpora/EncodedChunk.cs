using System.Buffers;

namespace DeepCourse.Text.Corpora;

/// <summary>The tokens of some documents in a row, in memory that is used again and again.</summary>
internal sealed class EncodedChunk
{
    // One huge document must not stay around for the rest of the build.
    private const int TokensKept = 1 << 20;

    private readonly ArrayBufferWriter<int> _tokens = new(1 << 16);
    private readonly List<int> _ends = [];

    /// <summary>What was encoded.</summary>
    public DocumentChunk Source { get; private set; } = null!;

    /// <summary>The tokens of all documents.</summary>
    public ReadOnlySpan<int> Tokens => _tokens.WrittenSpan;

    /// <summary>Where each document ends among the tokens.</summary>
    public IReadOnlyList<int> Ends => _ends;

    /// <summary>Whether the memory may be used again.</summary>
    public bool IsReusable => _tokens.Capacity <= TokensKept;

    public void Encode(DocumentChunk source, ITextEncoder encoder)
    {
        Source = source;
        _tokens.ResetWrittenCount();
        _ends.Clear();
        foreach (var document in source.Documents)
        {
            encoder.Encode(document.Text, _tokens);
            _ends.Add(_tokens.WrittenCount);
        }
    }
}
