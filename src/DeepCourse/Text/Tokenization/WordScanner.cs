using System.Globalization;

namespace DeepCourse.Text.Tokenization;

/// <summary>Goes through a text once and writes its tokens.</summary>
internal readonly ref struct WordScanner(ReadOnlySpan<char> text, Language language, WordRules rules, TokenBuffer tokens)
{
    private const char Replacement = '\ufffd';
    private const string Ellipsis = "…";
    private const int FewestJoinedDots = 3;

    private readonly ReadOnlySpan<char> _text = text;
    private readonly WordCutter _cutter = new(text, language);
    private readonly WordRules _rules = rules;
    private readonly TokenBuffer _tokens = tokens;

    internal void Run()
    {
        var at = 0;
        while (at < _text.Length)
        {
            var found = CharacterClasses.Of(_text[at]);
            if ((found & CharacterClass.Word) != 0)
            {
                at = Word(at);
            }
            else if ((found & CharacterClass.Blank) != 0)
            {
                // One space between two words is by far the commonest.
                at++;
                if (found == CharacterClass.Space && (_text[at - 1] != ' ' || at < _text.Length && IsBlank(at))) at = Spaces(at - 1);
            }
            else if (found == CharacterClass.Surrogate)
            {
                at = Pair(at);
            }
            else
            {
                at = Sign(at);
            }
        }
    }

    /// <summary>Writes that a character stands in a row.</summary>
    internal void AddRepetition(ReadOnlySpan<char> character, int count)
    {
        if (_rules.JoinsDots && character is ".")
        {
            _tokens.Add(Ellipsis);
            return;
        }
        AddCount(SpecialToken.RepeatedCharacter, count);
        var found = CharacterClasses.At(character, 0, out _);
        if ((found & CharacterClass.Word) != 0) Add(character, found, isCurly: false);
        else _tokens.Add(char.IsSurrogate(character[0]) && character.Length == 1 ? [Replacement] : character);
    }

    /// <summary>Writes a special token with the number that goes with it.</summary>
    internal void AddCount(string token, int count)
    {
        Span<char> digits = stackalloc char[11];
        count.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        _tokens.Add(token);
        _tokens.Add(digits[..length]);
    }

    private bool IsBlank(int at) => (CharacterClasses.Of(_text[at]) & CharacterClass.Blank) != 0;

    private static bool IsNewLine(char character) => character is '\n' or '\u2028' or '\u2029';

    private int Spaces(int at)
    {
        var lines = 0;
        for (; at < _text.Length && IsBlank(at); at++)
            if (IsNewLine(_text[at]))
                lines++;
        if (lines > 0) _tokens.Add(lines == 1 ? "\n" : "\n\n");
        return at;
    }

    private int Word(int start)
    {
        var end = _cutter.EndOf(start, out var seen, out var isCurly);
        var word = _text[start..end];
        if (_rules.RepeatedWords > 0)
        {
            var count = Repetitions(start, end, out var last);
            if (count > 1)
            {
                AddCount(SpecialToken.RepeatedWord, count);
                end = last;
            }
        }
        Add(word, seen, isCurly);
        return end;
    }

    /// <summary>How often a word is written with nothing but blanks between; 1 where that is less than counts.</summary>
    private int Repetitions(int start, int end, out int last)
    {
        var word = _text[start..end];
        var count = 1;
        last = end;
        while (true)
        {
            var next = last;
            while (next < _text.Length && IsBlank(next) && !IsNewLine(_text[next])) next++;
            if (next == last || next >= _text.Length || _text[next] != word[0]) break;
            if (!_text[next..].StartsWith(word, StringComparison.Ordinal)) break;
            if (_cutter.EndOf(next, out _, out _) != next + word.Length) break;
            last = next + word.Length;
            count++;
        }
        return count >= _rules.RepeatedWords ? count : 1;
    }

    private int Pair(int at)
    {
        var found = CharacterClasses.At(_text, at, out var length);
        if ((found & CharacterClass.Word) != 0) return Word(at);
        if ((found & CharacterClass.Blank) != 0) return at + length;
        var end = Pictographs.EndOf(_text, at);
        if (end > at) _tokens.Add(_text[at..end]);
        else if (length == 1) _tokens.Add([Replacement]);
        else _tokens.Add(_text.Slice(at, length));
        return Math.Max(end, at + length);
    }

    private int Sign(int at)
    {
        var end = at + 1;
        switch (_text[at])
        {
            case '\'' or '’' or '-':
                if (_cutter.EndOfTail(at) is var tail and > 0)
                {
                    Add(_text[at..tail], CharacterClass.Upper, _text[at] == '’');
                    return tail;
                }
                if (_text[at] == '-') end = EndOfRow(at);
                break;
            case '.':
                end = EndOfRow(at);
                if (!_rules.JoinsDots || end - at < FewestJoinedDots) break;
                _tokens.Add(Ellipsis);
                return end;
            case ':' or ';' or '=':
                end = EndOfFace(at);
                break;
            default:
                end = Math.Max(end, Pictographs.EndOf(_text, at));
                break;
        }
        _tokens.Add(_text[at..end]);
        return end;
    }

    private int EndOfRow(int at)
    {
        var length = _text[at..].IndexOfAnyExcept(_text[at]);
        return length < 0 ? _text.Length : at + length;
    }

    /// <summary>Faces like :-) and ;P, which say more than their signs, are one token.</summary>
    private int EndOfFace(int at)
    {
        if (at > 0 && !IsBlank(at - 1)) return at + 1;
        var mouth = at + 1;
        if (mouth < _text.Length && _text[mouth] == '-') mouth++;
        if (mouth >= _text.Length || _text[mouth] is not (')' or '(' or 'D' or 'P' or 'p' or '|')) return at + 1;
        var behind = CharacterClasses.At(_text, mouth + 1, out _);
        return (behind & CharacterClass.Inner) != 0 ? at + 1 : mouth + 1;
    }

    private void Add(ReadOnlySpan<char> word, CharacterClass seen, bool isCurly)
    {
        var hasCapitals = (seen & CharacterClass.Upper) != 0 && _rules.Capitals != CapitalLetters.Kept;
        if (!hasCapitals && !isCurly && (seen & CharacterClass.Joiner) == 0) _tokens.Add(word);
        else WordSpelling.Add(word, _rules.Capitals, _tokens);
    }
}
