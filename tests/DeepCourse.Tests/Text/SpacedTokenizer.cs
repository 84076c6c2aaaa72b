using DeepCourse.Text.Tokenization;

namespace DeepCourse.Tests.Text;

/// <summary>Cuts at blanks and line breaks, and does nothing else.</summary>
internal sealed class SpacedTokenizer : ITokenizer
{
    public string Description => "spaced";

    public void Tokenize(ReadOnlySpan<char> text, TokenBuffer tokens)
    {
        foreach (var range in text.SplitAny(' ', '\n', '\r', '\t'))
            if (!text[range].IsEmpty) tokens.Add(text[range]);
    }

    public string Join(IEnumerable<string> tokens) => string.Join(' ', tokens);
}
