namespace DeepCourse.Text.Tokenization;

/// <summary>Cuts a text into tokens and joins tokens to a text again.</summary>
/// <remarks><b>Extending.</b> An implementation holds nothing that changes: it is called from several threads at
/// once.</remarks>
public interface ITokenizer
{
    /// <summary>What the tokens depend on: rules, language, version. Two tokenizers with the same description cut every
    /// text alike; corpora on disk remember it.</summary>
    string Description { get; }

    /// <summary>Cuts a text.</summary>
    /// <param name="text">One document, or a part of one.</param>
    /// <param name="tokens">Gets the tokens, after those that it holds already.</param>
    void Tokenize(ReadOnlySpan<char> text, TokenBuffer tokens);

    /// <summary>Joins tokens to a readable text: the way back, as far as the rules allow it.</summary>
    /// <param name="tokens">As <see cref="Tokenize"/> gave them.</param>
    string Join(IEnumerable<string> tokens);
}
