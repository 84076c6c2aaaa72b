using DeepCourse.Data;
using DeepCourse.Tensors;

namespace DeepCourse.Text.Corpora;

/// <summary>A corpus on disk as numbers of tokens, read through a memory map: the system keeps in memory what is in use,
/// whatever the corpus's size. <see cref="CorpusBuilder"/> makes it.</summary>
/// <remarks>Reading works from several threads at once, but not during or after <see cref="Dispose"/>.</remarks>
public sealed class TokenFile : IEncodedDocuments, IDisposable
{
    private readonly TokenFileHeader _header;
    private readonly MappedFile _file;

    private TokenFile(string path, TokenFileHeader header, MappedFile file) => (Location, _header, _file) = (path, header, file);

    /// <summary>The path of the file.</summary>
    public string Location { get; }

    /// <inheritdoc/>
    public int DocumentCount => _header.DocumentCount;

    /// <inheritdoc/>
    public long TokenCount => _header.TokenCount;

    /// <summary>The bytes that a token takes in the file: 2 where the vocabulary allows it, else 4.</summary>
    public int TokenWidth => _header.Width;

    /// <inheritdoc/>
    public int PaddingIndex => _header.Notes.PaddingIndex;

    /// <summary>The size of the vocabulary; all tokens are smaller.</summary>
    public int VocabularySize => _header.Notes.VocabularySize;

    /// <summary>The <see cref="ITextEncoder.Fingerprint"/> of the encoder that made the file.</summary>
    public string EncoderFingerprint => _header.Notes.EncoderFingerprint;

    /// <inheritdoc/>
    public IReadOnlyList<string> Labels => _header.Notes.Labels;

    /// <summary>Whether a label is kept for each document.</summary>
    public bool HasLabels => _header.HasLabels;

    /// <summary>How many documents were left out because they were empty.</summary>
    public long SkippedDocuments => _header.Notes.SkippedDocuments;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoder">The encoder that the file must have been made with; null accepts any.</param>
    /// <exception cref="DataFormatException">The file is truncated, damaged, of another kind, or made by another
    /// encoder.</exception>
    public static TokenFile Open(string path, ITextEncoder? encoder = null)
    {
        var stream = MappedFile.Open(path, "Token files");
        try
        {
            var header = TokenFileHeader.Read(stream, path);
            if (encoder != null && encoder.Fingerprint != header.Notes.EncoderFingerprint)
                throw new DataFormatException(
                    path,
                    $"was made by another encoder: {header.Notes.EncoderFingerprint} with {header.Notes.VocabularySize} tokens; "
                    + $"this one is {encoder.Fingerprint} with {encoder.Vocabulary.Count}. Load the vocabulary that the "
                    + "file was made with, or delete the file and build it again");
            return new(path, header, new(stream));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public int LengthOf(int document)
    {
        var length = EndOf(document) - StartOf(document);
        return length is >= 0 and <= int.MaxValue ? (int)length : throw Damaged(document);
    }

    /// <summary>The place of a document's first token among the tokens of all documents.</summary>
    /// <param name="document">From 0 up to, but not including, <see cref="DocumentCount"/>.</param>
    public long StartOf(int document) => document == 0 ? 0 : EndOf(document - 1);

    /// <inheritdoc/>
    public int LabelOf(int document)
    {
        Require(document);
        return HasLabels ? _file.Span<int>(_header.LabelsOffset + 4L * document, 1)[0] : -1;
    }

    /// <inheritdoc/>
    public void Read(int document, int start, Span<long> tokens)
    {
        var first = Place(document, start, tokens.Length);
        if (_header.Width == sizeof(ushort))
        {
            var source = _file.Span<ushort>(TokenFileHeader.Size + 2 * first, tokens.Length);
            for (var index = 0; index < source.Length; index++) tokens[index] = source[index];
        }
        else
        {
            var source = _file.Span<uint>(TokenFileHeader.Size + 4 * first, tokens.Length);
            for (var index = 0; index < source.Length; index++) tokens[index] = source[index];
        }
    }

    /// <summary>The tokens of a document.</summary>
    /// <param name="document">From 0 up to, but not including, <see cref="DocumentCount"/>.</param>
    public int[] Read(int document)
    {
        var tokens = new int[LengthOf(document)];
        var first = Place(document, 0, tokens.Length);
        if (_header.Width == sizeof(ushort))
        {
            var source = _file.Span<ushort>(TokenFileHeader.Size + 2 * first, tokens.Length);
            for (var index = 0; index < source.Length; index++) tokens[index] = source[index];
        }
        else _file.Span<int>(TokenFileHeader.Size + 4 * first, tokens.Length).CopyTo(tokens);
        return tokens;
    }

    /// <summary>Reads the whole file once and compares it with its checksums.</summary>
    /// <exception cref="DataFormatException">Something in the file has changed since it was made.</exception>
    public void Verify()
    {
        _file.RequireOpen(this);
        Require("tokens", TokenFileHeader.Size, TokenCount * TokenWidth, _header.Notes.TokensChecksum);
        Require("table of documents", _header.EndsOffset, _header.NotesOffset - _header.EndsOffset, _header.Notes.TableChecksum);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private void Require(string what, long offset, long length, uint expected)
    {
        var checksum = _file.ChecksumOf(offset, length);
        if (checksum != expected)
            throw new DataFormatException(Location, $"is damaged: the checksum of its {what} is {checksum:x8}, not {expected:x8}. Build it again");
    }

    private long EndOf(int document)
    {
        Require(document);
        var end = _file.Span<long>(_header.EndsOffset + 8L * document, 1)[0];
        // The table is not checked as a whole at opening; nothing may be read outside the map all the same.
        return end >= 0 && end <= TokenCount ? end : throw Damaged(document);
    }

    private DataFormatException Damaged(int document) =>
        new(Location, $"is damaged: document {document} has an impossible place. Build it again");

    private long Place(int document, int start, int count)
    {
        var length = LengthOf(document);
        if (start < 0 || count > length - start)
            throw new ArgumentOutOfRangeException(nameof(start), start, $"{count} tokens from {start} on are more than the {length} of document {document}.");
        return StartOf(document) + start;
    }

    private void Require(int document)
    {
        _file.RequireOpen(this);
        ArgumentOutOfRangeException.ThrowIfNegative(document);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(document, DocumentCount);
    }
}
