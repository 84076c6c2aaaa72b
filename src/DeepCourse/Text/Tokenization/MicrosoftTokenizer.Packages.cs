using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.Tokenizers;

namespace DeepCourse.Text.Tokenization;

/// <summary>Encodes with any tokenizer of the package Microsoft.ML.Tokenizers. Only the <c>packages</c> stack has
/// it.</summary>
public sealed class MicrosoftTokenizer : ITokenizer, ITextEncoder
{
    private readonly Tokenizer _tokenizer;

    /// <summary>Adapts a tokenizer.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="vocabulary">Its tokens in the order of their numbers, which the package doesn't tell for every
    /// kind.</param>
    /// <param name="description">What its tokens depend on besides the vocabulary: kind, files, version.</param>
    public MicrosoftTokenizer(Tokenizer tokenizer, TokenVocabulary vocabulary, string description)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(description);
        (_tokenizer, Vocabulary, Description) = (tokenizer, vocabulary, description);
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(
            Encoding.UTF8.GetBytes($"Microsoft.ML.Tokenizers\n{description}\n{vocabulary.Fingerprint}")));
    }

    /// <inheritdoc/>
    public TokenVocabulary Vocabulary { get; }

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public string Description { get; }

    /// <summary>Loads the files of a <see cref="BytePairTokenizer"/> into the package's own implementation.</summary>
    /// <param name="vocabularyPath">vocab.json.</param>
    /// <param name="mergesPath">merges.txt.</param>
    /// <exception cref="Tensors.DataFormatException">A file is not what it should be; says the line.</exception>
    public static MicrosoftTokenizer LoadBytePairs(string vocabularyPath, string mergesPath)
    {
        var ours = BytePairTokenizer.Load(vocabularyPath, mergesPath);
        var options = new BpeOptions(vocabularyPath, mergesPath) { ByteLevel = true, PreTokenizer = new Pieces() };
        return new(BpeTokenizer.Create(options), ours.Vocabulary, $"BpeTokenizer, {ours.Description}");
    }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<char> text, IBufferWriter<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        foreach (var number in _tokenizer.EncodeToIds(text))
        {
            ids.GetSpan(1)[0] = number;
            ids.Advance(1);
        }
    }

    /// <inheritdoc/>
    public void Tokenize(ReadOnlySpan<char> text, TokenBuffer tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        foreach (var token in _tokenizer.EncodeToTokens(text, out _)) tokens.Add(token.Value);
    }

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> ids) => _tokenizer.Decode(ids.ToArray());

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A token is not in the vocabulary.</exception>
    public string Join(IEnumerable<string> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return _tokenizer.Decode([.. tokens.Select(NumberOf)]);
    }

    private int NumberOf(string token) => Vocabulary.Contains(token)
        ? Vocabulary.IndexOf(token)
        : throw new ArgumentException($"The token '{token}' is not in the vocabulary of {Vocabulary.Count} tokens.");

    /// <summary>GPT-2's pieces, which the package's own pre-tokenizers don't have.</summary>
    private sealed class Pieces : PreTokenizer
    {
        public override IEnumerable<(int Offset, int Length)> PreTokenize(string text) => PreTokenize(text.AsSpan());

        public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text)
        {
            var pieces = new List<(int Offset, int Length)>();
            for (var at = 0; at < text.Length; at += pieces[^1].Length) pieces.Add((at, BytePairPattern.EndOf(text, at) - at));
            return pieces;
        }
    }
}
