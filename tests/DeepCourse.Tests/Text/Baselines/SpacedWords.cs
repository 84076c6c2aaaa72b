using DeepCourse.Text.Tokenization;

namespace DeepCourse.Tests.Text.Baselines;

/// <summary>Cuts at spaces: what the reference documents were written for.</summary>
internal sealed class SpacedWords : ITokenizer
{
    public string Description => "spaced words";

    public void Tokenize(ReadOnlySpan<char> text, TokenBuffer tokens)
    {
        foreach (var range in text.Split(' '))
            if (!text[range].IsEmpty) tokens.Add(text[range]);
    }

    public string Join(IEnumerable<string> tokens) => string.Join(' ', tokens);
}
