using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace DeepCourse.Text.Tokenization;

/// <summary>Writes a word in its one form: lower case, plain apostrophes, no invisible characters.</summary>
internal static class WordSpelling
{
    private const int MostOnStack = 256;

    /// <summary>Adds a word, and what its capitals said before it.</summary>
    [SkipLocalsInit]
    internal static void Add(ReadOnlySpan<char> word, CapitalLetters rule, TokenBuffer tokens)
    {
        if (rule == CapitalLetters.Marked && Mark(word) is { } mark) tokens.Add(mark);
        var rented = word.Length > MostOnStack ? ArrayPool<char>.Shared.Rent(word.Length) : null;
        Span<char> spelled = rented ?? stackalloc char[MostOnStack];
        tokens.Add(spelled[..Spell(word, spelled, rule != CapitalLetters.Kept)]);
        if (rented is not null) ArrayPool<char>.Shared.Return(rented);
    }

    /// <summary>All capitals, at least two: <see cref="SpecialToken.Upper"/>. The first alone, before small letters:
    /// <see cref="SpecialToken.Capitalized"/>. "I" and "McDonald" get none, nor does "L'".</summary>
    private static string? Mark(ReadOnlySpan<char> word)
    {
        var (capitals, small) = (0, 0);
        for (var at = 0; at < word.Length;)
        {
            var found = CharacterClasses.At(word, at, out var length);
            if ((found & CharacterClass.Upper) != 0) capitals++;
            if ((found & CharacterClass.Lower) != 0) small++;
            at += length;
        }
        if (small == 0) return capitals > 1 ? SpecialToken.Upper : null;
        var first = CharacterClasses.At(word, 0, out _);
        return capitals == 1 && (first & CharacterClass.Upper) != 0 ? SpecialToken.Capitalized : null;
    }

    private static int Spell(ReadOnlySpan<char> word, Span<char> spelled, bool lower)
    {
        var written = 0;
        for (var at = 0; at < word.Length; at++)
        {
            var character = word[at];
            if (char.IsAscii(character))
            {
                spelled[written++] = lower && char.IsAsciiLetterUpper(character) ? (char)(character | 0x20) : character;
            }
            else if (character == '’')
            {
                spelled[written++] = '\'';
            }
            else if (Rune.DecodeFromUtf16(word[at..], out var rune, out var length) == OperationStatus.Done && length == 2)
            {
                written += (lower ? Rune.ToLowerInvariant(rune) : rune).EncodeToUtf16(spelled[written..]);
                at++;
            }
            // A soft hyphen says where a word may be broken, not what it is.
            else if (character != '\u00ad')
            {
                spelled[written++] = lower ? char.ToLowerInvariant(character) : character;
            }
        }
        return written;
    }
}
