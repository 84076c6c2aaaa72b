using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace DeepCourse.Text.Tokenization;

/// <summary>Byte-level byte-pair encoding: every text can be written, the common in few tokens.</summary>
/// <remarks>Sennrich et al. 2016 (arXiv 1508.07909) on UTF-8's bytes, as in GPT-2 (Radford et al. 2019): the text is cut by
/// GPT-2's pattern, and within each piece the earliest learned of the merges that apply is done until none does. Files are
/// those of GPT-2, RoBERTa and others: <c>vocab.json</c> and <c>merges.txt</c>. Every text comes back from its tokens as it
/// was, but for halves of surrogate pairs, which no file can hold either. Words that were met are remembered per
/// thread.</remarks>
public sealed class BytePairTokenizer : ITokenizer, ITextEncoder
{
    // Raise it whenever any text gets other tokens than before.
    private const int Version = 1;

    private readonly BytePairTable _table;
    private readonly ConcurrentBag<BytePairWorkspace> _workspaces = [];
    private readonly SpecialTokenSearch _special;
    private readonly int[] _specialNumbers;
    private readonly int _begin = -1;

    /// <summary>Encodes with tokens and merges.</summary>
    /// <param name="vocabulary">The tokens in the alphabet of bytes, all single bytes among them, and the special
    /// ones.</param>
    /// <param name="merges">In the order in which they were learned.</param>
    /// <param name="options">Special tokens; none unless given.</param>
    /// <exception cref="ArgumentException">The vocabulary lacks a byte, or a token that a merge or an option
    /// names.</exception>
    public BytePairTokenizer(TokenVocabulary vocabulary, IReadOnlyList<BytePairMerge> merges, BytePairOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(merges);
        Vocabulary = vocabulary;
        Merges = merges;
        Options = options ?? new();
        _table = new(vocabulary, merges);
        _specialNumbers = [.. Options.SpecialTokens.Select(NumberOf)];
        if (Options.Begin is { } begin) _begin = NumberOf(begin);
        _special = new(Options.SpecialTokens);
        var parts = merges.Select(merge => $"{merge.Left} {merge.Right}").Append("special").Concat(Options.SpecialTokens)
            .Append("begin").Append(Options.Begin ?? "");
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            $"byte pairs {Version}\n{vocabulary.Fingerprint}\n{string.Join('\n', parts)}")));
    }

    /// <inheritdoc/>
    public TokenVocabulary Vocabulary { get; }

    /// <summary>The pairs in the order in which they were learned.</summary>
    public IReadOnlyList<BytePairMerge> Merges { get; }

    /// <summary>Special tokens.</summary>
    public BytePairOptions Options { get; }

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public string Description => $"byte pairs {Version}: {Vocabulary.Count} tokens, {Fingerprint}";

    /// <summary>Reads the files of a trained tokenizer.</summary>
    /// <param name="vocabularyPath">vocab.json: an object that gives each token its number, from 0 on without gaps.</param>
    /// <param name="mergesPath">merges.txt: two tokens a line, in the order in which they were learned.</param>
    /// <param name="options">Special tokens; none unless given.</param>
    /// <exception cref="Tensors.DataFormatException">A file is not what it should be; says the line.</exception>
    public static BytePairTokenizer Load(string vocabularyPath, string mergesPath, BytePairOptions? options = null)
    {
        var vocabulary = BytePairFiles.ReadVocabulary(vocabularyPath);
        return new(vocabulary, BytePairFiles.ReadMerges(mergesPath, vocabulary), options);
    }

    /// <summary>Writes the files that <see cref="Load"/> reads.</summary>
    /// <param name="vocabularyPath">vocab.json.</param>
    /// <param name="mergesPath">merges.txt.</param>
    public void Save(string vocabularyPath, string mergesPath)
    {
        BytePairFiles.WriteVocabulary(vocabularyPath, Vocabulary);
        BytePairFiles.WriteMerges(mergesPath, Merges);
    }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<char> text, IBufferWriter<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var writer = new NumberWriter(ids);
        if (_begin >= 0) writer.Add([_begin]);
        var workspace = Rent();
        Encode(text, workspace, ref writer);
        writer.Flush();
        Return(workspace);
    }

    /// <inheritdoc/>
    /// <remarks>Tokens are written in the alphabet of bytes: "Ġthe" for " the".</remarks>
    public void Tokenize(ReadOnlySpan<char> text, TokenBuffer tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var workspace = Rent();
        var writer = new NumberWriter(workspace.Numbers);
        Encode(text, workspace, ref writer);
        writer.Flush();
        foreach (var number in workspace.Numbers.WrittenSpan) tokens.Add(Vocabulary[number]);
        Return(workspace);
    }

    /// <inheritdoc/>
    /// <remarks>Special tokens are written as they are; bytes that are no text, as when a character is cut in two, become
    /// "\ufffd".</remarks>
    public string Decode(ReadOnlySpan<int> ids)
    {
        var tokens = new string[ids.Length];
        for (var at = 0; at < ids.Length; at++) tokens[at] = Vocabulary[ids[at]];
        return Join(tokens);
    }

    /// <inheritdoc/>
    public string Join(IEnumerable<string> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var bytes = new List<byte>();
        foreach (var token in tokens)
            bytes.AddRange(Options.SpecialTokens.Contains(token) ? Encoding.UTF8.GetBytes(token) : ByteAlphabet.BytesOf(token));
        return Encoding.UTF8.GetString([.. bytes]);
    }

    private void Encode(ReadOnlySpan<char> text, BytePairWorkspace workspace, ref NumberWriter writer)
    {
        while (_special.TryFind(text, out var at, out var found))
        {
            EncodePlain(text[..at], workspace, ref writer);
            writer.Add([_specialNumbers[found]]);
            text = text[(at + Options.SpecialTokens[found].Length)..];
        }
        EncodePlain(text, workspace, ref writer);
    }

    private static void EncodePlain(ReadOnlySpan<char> text, BytePairWorkspace workspace, ref NumberWriter writer)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = BytePairPattern.EndOf(text, at);
            writer.Add(workspace.Encode(text[at..end]));
            at = end;
        }
    }

    private int NumberOf(string special)
    {
        if (special.Length == 0 || !Vocabulary.Contains(special))
            throw new ArgumentException($"The special token '{special}' is not in the vocabulary of {Vocabulary.Count} tokens.");
        return Vocabulary.IndexOf(special);
    }

    private BytePairWorkspace Rent() => _workspaces.TryTake(out var workspace) ? workspace : new(_table);

    private void Return(BytePairWorkspace workspace)
    {
        workspace.Shrink();
        _workspaces.Add(workspace);
    }

    // Asks the buffer for room once in a while instead of once a word.
    private ref struct NumberWriter(IBufferWriter<int> target)
    {
        private const int Room = 4096;

        private Span<int> _room;
        private int _count;

        internal void Add(scoped ReadOnlySpan<int> numbers)
        {
            if (numbers.Length > _room.Length - _count)
            {
                Flush();
                _room = target.GetSpan(Math.Max(Room, numbers.Length));
            }
            numbers.CopyTo(_room[_count..]);
            _count += numbers.Length;
        }

        internal void Flush()
        {
            target.Advance(_count);
            _room = default;
            _count = 0;
        }
    }
}
