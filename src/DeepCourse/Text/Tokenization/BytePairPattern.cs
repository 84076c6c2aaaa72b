using System.Buffers;
using System.Globalization;
using System.Text;

namespace DeepCourse.Text.Tokenization;

/// <summary>Cuts a text into the pieces within which byte pairs are merged.</summary>
/// <remarks>Gives what GPT-2's pattern gives: <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>.
/// A space belongs to the word behind it.</remarks>
internal static class BytePairPattern
{
    private enum Kind : byte
    {
        Other,
        Letter,
        Number,
        Space,
        Surrogate,
    }

    private static readonly Kind[] kinds = Make();

    /// <summary>The end of the piece that begins at a place.</summary>
    internal static int EndOf(ReadOnlySpan<char> text, int start)
    {
        if (text[start] == '\'' && EndOfContraction(text, start) is var contraction and > 0) return contraction;
        var at = text[start] == ' ' ? start + 1 : start;
        if (at < text.Length)
        {
            var kind = KindAt(text, at, out var length);
            if (kind != Kind.Space) return EndOfRun(text, at + length, kind);
        }
        var end = start + 1;
        while (end < text.Length && kinds[text[end]] == Kind.Space) end++;
        // The last blank before a word is left to it.
        return end == text.Length || end == start + 1 ? end : end - 1;
    }

    private static int EndOfRun(ReadOnlySpan<char> text, int at, Kind kind)
    {
        while (at < text.Length)
        {
            var next = kinds[text[at]];
            var length = 1;
            if (next == Kind.Surrogate) next = KindAt(text, at, out length);
            if (next != kind) break;
            at += length;
        }
        return at;
    }

    private static int EndOfContraction(ReadOnlySpan<char> text, int start)
    {
        var rest = text[(start + 1)..];
        if (rest.Length > 1 && (rest[0], rest[1]) is ('r' or 'v', 'e') or ('l', 'l')) return start + 3;
        return rest.Length > 0 && rest[0] is 's' or 't' or 'm' or 'd' ? start + 2 : 0;
    }

    private static Kind KindAt(ReadOnlySpan<char> text, int at, out int length)
    {
        length = 1;
        var kind = kinds[text[at]];
        if (kind != Kind.Surrogate) return kind;
        return Rune.DecodeFromUtf16(text[at..], out var rune, out length) == OperationStatus.Done
            ? Of(Rune.GetUnicodeCategory(rune)) : Kind.Other;
    }

    private static Kind[] Make()
    {
        var made = new Kind[char.MaxValue + 1];
        for (var value = 0; value < made.Length; value++)
            made[value] = char.IsWhiteSpace((char)value) ? Kind.Space : Of(CharUnicodeInfo.GetUnicodeCategory((char)value));
        return made;
    }

    private static Kind Of(UnicodeCategory category) => category switch
    {
        <= UnicodeCategory.OtherLetter => Kind.Letter,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Number,
        UnicodeCategory.Surrogate => Kind.Surrogate,
        _ => Kind.Other,
    };
}
