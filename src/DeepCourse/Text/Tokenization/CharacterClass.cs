using System.Buffers;
using System.Globalization;
using System.Text;

namespace DeepCourse.Text.Tokenization;

/// <summary>What a character may be to a word.</summary>
[Flags]
internal enum CharacterClass : byte
{
    None = 0,
    Letter = 1,
    Mark = 2,
    Digit = 4,
    Upper = 8,
    Lower = 16,

    /// <summary>Goes between words and into none: white space, control characters, and invisible ones.</summary>
    Space = 32,

    /// <summary>Shows nothing and belongs to the word around it: soft hyphen, zero-width joiners, variation selectors.</summary>
    Joiner = 64,
    Surrogate = 128,
    Word = Letter | Mark | Digit,
    Inner = Word | Joiner,
    Blank = Space | Joiner,
}

/// <summary>Looks classes up: one byte for each of UTF-16's values, made once.</summary>
internal static class CharacterClasses
{
    private static readonly byte[] classes = Make();

    internal static CharacterClass Of(char character) => (CharacterClass)classes[character];

    /// <summary>The class of the character at a place, which may be a pair of surrogates; <see cref="CharacterClass.None"/>
    /// at the text's end.</summary>
    internal static CharacterClass At(ReadOnlySpan<char> text, int at, out int length)
    {
        length = 1;
        if ((uint)at >= (uint)text.Length) return CharacterClass.None;
        var found = Of(text[at]);
        if (found != CharacterClass.Surrogate) return found;
        if (Rune.DecodeFromUtf16(text[at..], out var rune, out length) != OperationStatus.Done) return CharacterClass.None;
        return Of(Rune.GetUnicodeCategory(rune));
    }

    /// <summary>The class of the character before a place.</summary>
    internal static CharacterClass Before(ReadOnlySpan<char> text, int at)
    {
        if (at == 0) return CharacterClass.None;
        var found = Of(text[at - 1]);
        if (found != CharacterClass.Surrogate) return found;
        return Rune.DecodeLastFromUtf16(text[..at], out var rune, out _) == OperationStatus.Done
            ? Of(Rune.GetUnicodeCategory(rune)) : CharacterClass.None;
    }

    private static byte[] Make()
    {
        var made = new byte[char.MaxValue + 1];
        for (var value = 0; value < made.Length; value++)
        {
            var character = (char)value;
            made[value] = (byte)(character is '\u00ad' or '\u200c' or '\u200d' or (>= '\ufe00' and <= '\ufe0f') ? CharacterClass.Joiner
                : char.IsWhiteSpace(character) ? CharacterClass.Space
                : Of(CharUnicodeInfo.GetUnicodeCategory(character)));
        }
        return made;
    }

    private static CharacterClass Of(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => CharacterClass.Letter | CharacterClass.Upper,
        UnicodeCategory.LowercaseLetter => CharacterClass.Letter | CharacterClass.Lower,
        UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => CharacterClass.Letter,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => CharacterClass.Mark,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => CharacterClass.Digit,
        UnicodeCategory.Control or UnicodeCategory.Format => CharacterClass.Space,
        UnicodeCategory.Surrogate => CharacterClass.Surrogate,
        _ => CharacterClass.None,
    };
}
