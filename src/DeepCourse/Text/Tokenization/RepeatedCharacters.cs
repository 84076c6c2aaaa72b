using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace DeepCourse.Text.Tokenization;

/// <summary>Finds characters that stand several times in a row.</summary>
internal static class RepeatedCharacters
{
    /// <summary>The next repetition of anything but blanks.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="least">How often the character must stand in a row.</param>
    /// <param name="hasPairs">Whether the text has surrogates: then pairs count as one character.</param>
    /// <param name="length">The number of UTF-16 values in one of the characters.</param>
    /// <returns>Where it begins and ends; both are the text's length without one.</returns>
    internal static (int Start, int End) Next(ReadOnlySpan<char> text, int from, int least, bool hasPairs, out int length)
    {
        length = 1;
        while (true)
        {
            var start = hasPairs ? FirstOfPairs(text, from, least, out length) : First(text, from, least);
            if (start < 0) return (text.Length, text.Length);
            var end = End(text, start, length);
            if ((CharacterClasses.At(text, start, out _) & CharacterClass.Blank) == 0) return (start, end);
            from = end;
        }
    }

    private static int End(ReadOnlySpan<char> text, int start, int length)
    {
        if (length == 1)
        {
            var other = text[start..].IndexOfAnyExcept(text[start]);
            return other < 0 ? text.Length : start + other;
        }
        var end = start + length;
        while (text[end..].StartsWith(text.Slice(start, length), StringComparison.Ordinal)) end += length;
        return end;
    }

    private static int First(ReadOnlySpan<char> text, int from, int least)
    {
        var values = MemoryMarshal.Cast<char, ushort>(text);
        ref var first = ref MemoryMarshal.GetReference(values);
        var at = from;
        for (; at + Vector128<ushort>.Count + least - 1 <= values.Length; at += Vector128<ushort>.Count)
        {
            var here = Vector128.LoadUnsafe(ref first, (nuint)at);
            var equal = Vector128.Equals(here, Vector128.LoadUnsafe(ref first, (nuint)at + 1));
            for (var step = 2; step < least && equal != Vector128<ushort>.Zero; step++)
                equal &= Vector128.Equals(here, Vector128.LoadUnsafe(ref first, (nuint)(at + step)));
            if (equal != Vector128<ushort>.Zero) return at + BitOperations.TrailingZeroCount(equal.ExtractMostSignificantBits());
        }
        for (var count = 1; at + count < values.Length;)
        {
            if (values[at + count] != values[at])
            {
                at += count;
                count = 1;
            }
            else if (++count == least) return at;
        }
        return -1;
    }

    private static int FirstOfPairs(ReadOnlySpan<char> text, int from, int least, out int length)
    {
        var (start, count) = (from, 0);
        length = 0;
        for (var at = from; at < text.Length;)
        {
            // Half of a pair is a character of its own.
            if (Rune.DecodeFromUtf16(text[at..], out _, out var used) != OperationStatus.Done) used = 1;
            if (count > 0 && used == length && text.Slice(start, used).SequenceEqual(text.Slice(at, used))) count++;
            else (start, length, count) = (at, used, 1);
            if (count == least) return start;
            at += used;
        }
        return -1;
    }
}
