namespace DeepCourse.Text.Tokenization;

/// <summary>Says where a word ends.</summary>
/// <remarks>A word is a run of letters, marks and digits, with apostrophes between letters and points, commas and colons
/// between digits; addresses (example.com), initials (U.S.) and some abbreviations (Mr.) keep their points. The languages
/// differ in what an apostrophe cuts and whether a hyphen does.</remarks>
internal readonly ref partial struct WordCutter(ReadOnlySpan<char> text, Language language)
{
    private readonly ReadOnlySpan<char> _text = text;
    private readonly bool _french = language == Language.French;

    /// <summary>The end of the word that begins at a place.</summary>
    /// <param name="start">The place of a letter, mark or digit.</param>
    /// <param name="seen">What the word's characters are, and perhaps those of some behind it.</param>
    /// <param name="isCurly">Whether there may be a typographic apostrophe in it.</param>
    internal int EndOf(int start, out CharacterClass seen, out bool isCurly)
    {
        seen = CharacterClass.None;
        isCurly = false;
        var end = EndOfRun(start, ref seen);
        if (end == start + CannotLength && !_french && IsCannot(start)) return start + CannotCut;
        if (end == _text.Length) return end;
        switch (_text[end])
        {
            case '.' or '@':
                if (EndOfAddress(start, end) is var address and > 0) return address;
                if (EndOfInitials(start, end, ref seen) is var initials and > 0) return initials;
                if (IsAbbreviation(start, end)) return end + 1;
                break;
            case '\'' or '’' or ',' or ':':
                break;
            case '-':
                if (_french) break;
                return end;
            default:
                return end;
        }
        return EndOfChain(start, end, ref seen, out isCurly);
    }

    /// <summary>The end of letters, marks and digits without anything between.</summary>
    internal int EndOfRun(int start, ref CharacterClass seen)
    {
        var end = start;
        while (end < _text.Length)
        {
            var found = CharacterClasses.Of(_text[end]);
            var length = 1;
            if ((found & CharacterClass.Inner) == 0)
            {
                if (found != CharacterClass.Surrogate) break;
                found = CharacterClasses.At(_text, end, out length);
                if ((found & CharacterClass.Inner) == 0) break;
            }
            seen |= found;
            end += length;
        }
        return end;
    }

    internal static bool IsApostrophe(char character) => character is '\'' or '’';

    private int EndOfChain(int start, int end, ref CharacterClass seen, out bool isCurly)
    {
        isCurly = false;
        while (end < _text.Length)
        {
            var connector = _text[end];
            if (IsApostrophe(connector))
            {
                if (!_french)
                {
                    if (IsClitic(end)) return end;
                    if (IsNegation(end)) return BeforeNegation(start, end, ref isCurly);
                }
                if (!IsBetweenLetters(end)) break;
                isCurly |= connector == '’';
                if (_french && IsElision(start, end)) return end + 1;
            }
            else if (connector is '.' or ',' or ':')
            {
                if (!IsDigitAt(end - 1) || !IsDigitAt(end + 1)) break;
            }
            else if (connector != '-' || !_french || !IsBetweenLetters(end) || EndOfPronoun(end) > 0)
            {
                break;
            }
            end = EndOfRun(end + 1, ref seen);
        }
        return end;
    }

    private bool IsBetweenLetters(int at) =>
        (CharacterClasses.At(_text, at + 1, out _) & CharacterClass.Letter) != 0
        && (CharacterClasses.Before(_text, at) & (CharacterClass.Letter | CharacterClass.Mark)) != 0;

    private bool IsDigitAt(int at) => at < _text.Length && char.IsAsciiDigit(_text[at]);

    private bool IsInnerAt(int at) => (CharacterClasses.At(_text, at, out _) & CharacterClass.Inner) != 0;

    private bool IsInnerBefore(int at) => (CharacterClasses.Before(_text, at) & CharacterClass.Inner) != 0;
}
