using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace DeepCourse.Text.Tokenization;

/// <summary>Puts right what web pages and other tokenizers leave in a text.</summary>
/// <remarks>One pass from left to right; what it wrote is not looked at again. Entities (<c>&amp;eacute;</c>, <c>&amp;#39;</c>,
/// and without their ampersand those few that sloppy scrapers leave: <c>#39;</c>, <c>quot;</c>), <c>&lt;br /&gt;</c>, a
/// backslash before n or a quote, <c>&lt;unk&gt;</c>, and WikiText's " @-@ " for a hyphen.</remarks>
internal static class HtmlText
{
    // What 128 to 159 mean in pages that say Latin-1 and are Windows-1252; 0 where even that has nothing.
    private const string Windows1252 =
        "\u20ac\0\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\0\u017d\0" +
        "\0\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\0\u017e\u0178";

    private const int LongestEntity = 10;

    private static readonly SearchValues<char> signs = SearchValues.Create("&<;\\@");

    private static readonly (string Name, char Meaning)[] bareEntities =
        [("#39", '\''), ("amp", '&'), ("#146", '\''), ("nbsp", ' '), ("#36", '$'), ("quot", '"')];

    /// <summary>Whether there may be anything to put right.</summary>
    internal static bool IsSuspect(ReadOnlySpan<char> text) => text.ContainsAny(signs);

    /// <summary>Writes the text as it should be.</summary>
    /// <param name="text">As it was found.</param>
    /// <param name="clean">At least as long.</param>
    /// <returns>The number of characters written.</returns>
    internal static int Clean(ReadOnlySpan<char> text, Span<char> clean)
    {
        var (from, written) = (0, 0);
        while (true)
        {
            var next = text[from..].IndexOfAny(signs);
            var verbatim = next < 0 ? text[from..] : text.Slice(from, next);
            verbatim.CopyTo(clean[written..]);
            written += verbatim.Length;
            if (next < 0) return written;
            var at = from + next;
            from = text[at] switch
            {
                '&' => Entity(text, at, clean, ref written),
                '<' => Tag(text, at, clean, ref written),
                ';' => BareEntity(text, at, verbatim, clean, ref written),
                '@' => WikiText(text, at, verbatim, clean, ref written),
                _ => Escape(text, at, clean, ref written),
            };
        }
    }

    private static int Entity(ReadOnlySpan<char> text, int at, Span<char> clean, ref int written)
    {
        var length = text.Slice(at, Math.Min(text.Length - at, LongestEntity + 2)).IndexOf(';') + 1;
        if (length < 3) return Copy(text, at, 1, clean, ref written);
        var name = text.Slice(at + 1, length - 2);
        if (name[0] == '#' ? !TryNumber(name[1..], out var rune) : !TryName(text.Slice(at, length), out rune))
            return Copy(text, at, 1, clean, ref written);
        written += rune.EncodeToUtf16(clean[written..]);
        return at + length;
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, out Rune rune)
    {
        var hexadecimal = digits.Length > 0 && digits[0] is 'x' or 'X';
        var style = hexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        rune = default;
        if (!int.TryParse(hexadecimal ? digits[1..] : digits, style, CultureInfo.InvariantCulture, out var value)) return false;
        if (value is >= 128 and < 160) value = Windows1252[value - 128];
        return value > 0 && Rune.TryCreate(value, out rune);
    }

    private static bool TryName(ReadOnlySpan<char> entity, out Rune rune)
    {
        rune = default;
        foreach (var character in entity[1..^1])
            if (!char.IsAsciiLetterOrDigit(character))
                return false;
        var decoded = WebUtility.HtmlDecode(entity.ToString());
        return decoded.Length <= 2 && Rune.DecodeFromUtf16(decoded, out rune, out var used) == OperationStatus.Done
            && used == decoded.Length;
    }

    private static int Tag(ReadOnlySpan<char> text, int at, Span<char> clean, ref int written)
    {
        var rest = text[at..];
        if (rest.StartsWith("<unk>", StringComparison.Ordinal))
        {
            SpecialToken.Unknown.CopyTo(clean[written..]);
            written += SpecialToken.Unknown.Length;
            return at + 5;
        }
        if (!rest.StartsWith("<br", StringComparison.OrdinalIgnoreCase)) return Copy(text, at, 1, clean, ref written);
        var end = 3;
        if (end < rest.Length && rest[end] == ' ') end++;
        if (end < rest.Length && rest[end] == '/') end++;
        if (end == rest.Length || rest[end] != '>') return Copy(text, at, 1, clean, ref written);
        clean[written++] = '\n';
        return at + end + 1;
    }

    private static int BareEntity(ReadOnlySpan<char> text, int at, ReadOnlySpan<char> verbatim, Span<char> clean, ref int written)
    {
        foreach (var (name, meaning) in bareEntities)
        {
            if (!verbatim.EndsWith(name, StringComparison.Ordinal)) continue;
            // The end of "champ;" is none.
            var start = at - name.Length;
            if (start > 0 && char.IsAsciiLetterOrDigit(text[start - 1])) break;
            written -= name.Length;
            clean[written++] = meaning;
            return at + 1;
        }
        return Copy(text, at, 1, clean, ref written);
    }

    private static int WikiText(ReadOnlySpan<char> text, int at, ReadOnlySpan<char> verbatim, Span<char> clean, ref int written)
    {
        if (!verbatim.EndsWith(" ", StringComparison.Ordinal) || at + 3 >= text.Length || text[at + 1] is not ('.' or '-' or ',')
            || text[at + 2] != '@' || text[at + 3] != ' ')
            return Copy(text, at, 1, clean, ref written);
        clean[written - 1] = text[at + 1];
        return at + 4;
    }

    private static int Escape(ReadOnlySpan<char> text, int at, Span<char> clean, ref int written)
    {
        if (at + 1 == text.Length || text[at + 1] is not ('n' or '"')) return Copy(text, at, 1, clean, ref written);
        clean[written++] = text[at + 1] == 'n' ? '\n' : '"';
        return at + 2;
    }

    private static int Copy(ReadOnlySpan<char> text, int at, int length, Span<char> clean, ref int written)
    {
        text.Slice(at, length).CopyTo(clean[written..]);
        written += length;
        return at + length;
    }
}
