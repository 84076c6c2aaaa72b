using System.Buffers;
using System.Text;

namespace DeepCourse.Text.Tokenization;

/// <summary>Emoji and their like: what looks like one picture is one token.</summary>
internal static class Pictographs
{
    private const int Joiner = 0x200d, Emphasis = 0xfe0f;

    /// <summary>The end of the picture at a place: a flag of two letters, or a sign with its variations (skin tones, the
    /// request for colour) and what is joined to it; the place itself where none begins.</summary>
    internal static int EndOf(ReadOnlySpan<char> text, int at)
    {
        var first = At(text, at, out var length);
        if (!IsPicture(first)) return at;
        var end = at + length;
        if (IsFlagLetter(first)) return IsFlagLetter(At(text, end, out length)) ? end + length : end;
        while (true)
        {
            while (IsVariation(At(text, end, out length))) end += length;
            if (At(text, end, out length) != Joiner || !IsPicture(At(text, end + length, out var joined))) return end;
            end += length + joined;
        }
    }

    private static bool IsPicture(int value) =>
        value is (>= 0x1f000 and <= 0x1faff) or (>= 0x2600 and <= 0x27bf) or (>= 0x2300 and <= 0x23ff) or (>= 0x2b00 and <= 0x2bff);

    private static bool IsFlagLetter(int value) => value is >= 0x1f1e6 and <= 0x1f1ff;

    private static bool IsVariation(int value) => value is Emphasis or (>= 0x1f3fb and <= 0x1f3ff);

    private static int At(ReadOnlySpan<char> text, int at, out int length)
    {
        length = 0;
        if (at >= text.Length) return -1;
        return Rune.DecodeFromUtf16(text[at..], out var rune, out length) == OperationStatus.Done ? rune.Value : -1;
    }
}
