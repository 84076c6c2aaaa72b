using System.Buffers;

namespace DeepCourse.Text.Tokenization;

/// <summary>Finds special tokens in a text.</summary>
internal sealed class SpecialTokenSearch(IReadOnlyList<string> tokens)
{
    private readonly SearchValues<string>? _values =
        tokens.Count == 0 ? null : SearchValues.Create([.. tokens], StringComparison.Ordinal);

    /// <summary>The first one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="index">Which it is; the longest, where one begins another.</param>
    internal bool TryFind(ReadOnlySpan<char> text, out int at, out int index)
    {
        index = -1;
        at = _values is null ? -1 : text.IndexOfAny(_values);
        if (at < 0) return false;
        for (var candidate = 0; candidate < tokens.Count; candidate++)
            if ((index < 0 || tokens[candidate].Length > tokens[index].Length)
                && text[at..].StartsWith(tokens[candidate], StringComparison.Ordinal))
                index = candidate;
        return true;
    }
}
