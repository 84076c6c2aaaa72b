using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using DeepCourse.Text.Tokenization;

namespace DeepCourse.Text;

/// <summary>Cuts texts into words and numbers them; every text begins with <see cref="SpecialToken.Begin"/>, and words
/// that the vocabulary lacks get the number of <see cref="SpecialToken.Unknown"/>.</summary>
public sealed class WordEncoder : ITextEncoder
{
    // A buffer that one huge document has blown up is not kept.
    private const int CharactersKept = 1 << 20;

    private readonly ITokenizer _tokenizer;
    private readonly int _begin;
    private readonly ConcurrentBag<TokenBuffer> _buffers = [];

    /// <summary>Joins a tokenizer and a vocabulary.</summary>
    /// <param name="tokenizer">Cuts texts into tokens.</param>
    /// <param name="vocabulary">Numbers the tokens.</param>
    /// <exception cref="ArgumentException">The vocabulary lacks a token for unknown words, or the one that a text begins
    /// with.</exception>
    public WordEncoder(ITokenizer tokenizer, TokenVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (vocabulary.UnknownIndex < 0)
            throw new ArgumentException("The vocabulary has no token for unknown words, so not every text could be written with it.", nameof(vocabulary));
        if (!vocabulary.Contains(SpecialToken.Begin))
            throw new ArgumentException($"'{SpecialToken.Begin}', with which every text begins, is not among the {vocabulary.Count} tokens.", nameof(vocabulary));
        (_tokenizer, Vocabulary, _begin) = (tokenizer, vocabulary, vocabulary.IndexOf(SpecialToken.Begin));
        var meaning = $"words\n{tokenizer.Description}\n{vocabulary.Fingerprint}\n{vocabulary.UnknownIndex}";
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(meaning)));
    }

    /// <summary>Cuts texts into tokens.</summary>
    public ITokenizer Tokenizer => _tokenizer;

    /// <inheritdoc/>
    public TokenVocabulary Vocabulary { get; }

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<char> text, IBufferWriter<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        if (!_buffers.TryTake(out var tokens)) tokens = new TokenBuffer();
        tokens.Clear();
        _tokenizer.Tokenize(text, tokens);
        // A tokenizer may begin texts itself.
        var added = tokens.Count > 0 && tokens[0].SequenceEqual(SpecialToken.Begin) ? 0 : 1;
        var numbers = ids.GetSpan(tokens.Count + added);
        if (added > 0) numbers[0] = _begin;
        for (var index = 0; index < tokens.Count; index++) numbers[index + added] = Vocabulary.IndexOf(tokens[index]);
        ids.Advance(tokens.Count + added);
        if (tokens.Length <= CharactersKept) _buffers.Add(tokens);
    }

    /// <inheritdoc/>
    /// <remarks>Only what <see cref="ITokenizer.Join"/> makes of them; the token that a text begins with is left
    /// out.</remarks>
    public string Decode(ReadOnlySpan<int> ids)
    {
        var tokens = new List<string>(ids.Length);
        foreach (var id in ids)
            if (id != _begin) tokens.Add(Vocabulary[id]);
        return _tokenizer.Join(tokens);
    }
}
