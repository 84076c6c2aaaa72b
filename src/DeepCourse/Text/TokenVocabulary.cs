using System.Collections;
using System.Security.Cryptography;
using System.Text;
using DeepCourse.Text.Tokenization;

namespace DeepCourse.Text;

/// <summary>The numbered tokens of a language model.</summary>
public sealed partial class TokenVocabulary : IReadOnlyList<string>
{
    private readonly string[] _tokens;
    private readonly Dictionary<string, int> _indices;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <summary>Numbers tokens in the given order.</summary>
    /// <param name="tokens">Distinct tokens, compared exactly.</param>
    /// <param name="unknown">The token that stands for all others; null where every text can be written with those
    /// listed, as with bytes.</param>
    /// <exception cref="ArgumentException">A token occurs twice, or the one for unknown words is not among
    /// them.</exception>
    public TokenVocabulary(IEnumerable<string> tokens, string? unknown = SpecialToken.Unknown)
    {
        _tokens = [.. tokens];
        _indices = new(_tokens.Length, StringComparer.Ordinal);
        for (var index = 0; index < _tokens.Length; index++)
            if (!_indices.TryAdd(_tokens[index], index))
                throw new ArgumentException($"The token '{_tokens[index]}' occurs twice: as number {_indices[_tokens[index]]} and {index}.", nameof(tokens));
        _lookup = _indices.GetAlternateLookup<ReadOnlySpan<char>>();
        UnknownIndex = unknown is null ? -1
            : _indices.TryGetValue(unknown, out var found) ? found
            : throw new ArgumentException($"'{unknown}', for unknown words, is not among the {_tokens.Length} tokens.", nameof(unknown));
        Fingerprint = FingerprintOf(_tokens);
    }

    /// <summary>The number of tokens.</summary>
    public int Count => _tokens.Length;

    /// <summary>The number that stands for all tokens not listed; -1 without one.</summary>
    public int UnknownIndex { get; }

    /// <summary>A SHA-256 of the tokens in their order, in hexadecimal digits.</summary>
    public string Fingerprint { get; }

    /// <summary>The token with a number.</summary>
    /// <param name="index">From 0 up to, but not including, <see cref="Count"/>.</param>
    public string this[int index] => _tokens[index];

    /// <summary>The number of a token, or <see cref="UnknownIndex"/>.</summary>
    /// <param name="token">Compared exactly.</param>
    public int IndexOf(ReadOnlySpan<char> token) => _lookup.TryGetValue(token, out var index) ? index : UnknownIndex;

    /// <summary>Whether a token is listed.</summary>
    /// <param name="token">Compared exactly.</param>
    public bool Contains(ReadOnlySpan<char> token) => _lookup.ContainsKey(token);

    /// <summary>Demands that this is the vocabulary that weights were trained with.</summary>
    /// <param name="expected">The vocabulary of the weights.</param>
    /// <param name="origin">The file of the weights, or what they are called.</param>
    /// <exception cref="VocabularyMismatchException">The tokens, or their order, differ.</exception>
    public void RequireSame(TokenVocabulary expected, string origin)
    {
        ArgumentNullException.ThrowIfNull(expected);
        if (Fingerprint != expected.Fingerprint || UnknownIndex != expected.UnknownIndex)
            throw new VocabularyMismatchException(origin, expected, this);
    }

    // Escaped as in a file, so that no two lists of tokens look alike.
    private static string FingerprintOf(string[] tokens)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var index = 0; index < tokens.Length; index++)
        {
            if (index > 0) hash.AppendData("\n"u8);
            hash.AppendData(Encoding.UTF8.GetBytes(TokenText.Escape(tokens[index])));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_tokens).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
