using System.Buffers;

namespace DeepCourse.Text;

/// <summary>Turns a text into the numbers of its tokens and back: a tokenizer and a vocabulary together.</summary>
/// <remarks><b>Extending.</b> An implementation holds nothing that changes: it is called from several threads at
/// once.</remarks>
public interface ITextEncoder
{
    /// <summary>The numbered tokens.</summary>
    TokenVocabulary Vocabulary { get; }

    /// <summary>Identifies what the numbers mean: equal for two encoders exactly if every text gets the same numbers from
    /// both. Corpora and weights on disk remember it.</summary>
    string Fingerprint { get; }

    /// <summary>Encodes a text.</summary>
    /// <param name="text">One document, or a part of one.</param>
    /// <param name="ids">Gets the tokens' numbers, each from 0 up to the vocabulary's size.</param>
    void Encode(ReadOnlySpan<char> text, IBufferWriter<int> ids);

    /// <summary>Joins tokens to a readable text.</summary>
    /// <param name="ids">Numbers of tokens.</param>
    string Decode(ReadOnlySpan<int> ids);
}
