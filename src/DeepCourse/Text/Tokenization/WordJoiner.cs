using System.Globalization;
using System.Text;

namespace DeepCourse.Text.Tokenization;

/// <summary>Makes a text of the tokens of a <see cref="WordTokenizer"/>: capitals and repetitions as they were, signs at the
/// words that they belong to.</summary>
internal sealed class WordJoiner(Language language)
{
    private const int MostRepetitions = 10_000;

    private readonly StringBuilder _text = new();
    private readonly bool _french = language == Language.French;

    // Whether the next token follows without a space.
    private bool _isOpen = true;
    private bool _isInQuotes, _isInSingleQuotes;
    private string _last = "";

    internal string Join(IEnumerable<string> tokens)
    {
        string[] all = [.. tokens];
        for (var at = 0; at < all.Length; at++)
        {
            switch (all[at])
            {
                case SpecialToken.Begin or SpecialToken.End or SpecialToken.Padding:
                    break;
                case SpecialToken.Field when at + 1 < all.Length:
                    at++;
                    break;
                case SpecialToken.Upper when at + 1 < all.Length:
                    Add(all[++at].ToUpperInvariant());
                    break;
                case SpecialToken.Capitalized when at + 1 < all.Length:
                    Add(Capitalized(all[++at]));
                    break;
                case SpecialToken.RepeatedCharacter when TryCount(all, at, out var count):
                    Repeat(all[at + 2], count);
                    at += 2;
                    break;
                case SpecialToken.RepeatedWord when TryCount(all, at, out var count):
                    at += 2;
                    at = RepeatWord(all, at, count);
                    break;
                default:
                    Add(all[at]);
                    break;
            }
        }
        return _text.ToString();
    }

    private static bool TryCount(string[] all, int at, out int count)
    {
        count = 0;
        return at + 2 < all.Length
            && int.TryParse(all[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out count)
            && count is > 0 and <= MostRepetitions;
    }

    private static string Capitalized(string word)
    {
        if (!Rune.TryGetRuneAt(word, 0, out var first)) return word;
        return Rune.ToUpperInvariant(first) + word[first.Utf16SequenceLength..];
    }

    private int RepeatWord(string[] all, int at, int count)
    {
        // The mark for capitals comes after the count.
        var word = all[at];
        if (at + 1 < all.Length && word is SpecialToken.Upper or SpecialToken.Capitalized)
        {
            word = word == SpecialToken.Upper ? all[at + 1].ToUpperInvariant() : Capitalized(all[at + 1]);
            at++;
        }
        for (; count > 0; count--) Add(word);
        return at;
    }

    // Most repeated characters lengthen the word or the sign before them: so-o-o-o, no!!!
    private void Repeat(string character, int count)
    {
        var extends = _last.Length > 0 && (IsWord(character) ? IsWord(_last) : !_last.EndsWith('\n'));
        if (!extends && !_isOpen) _text.Append(' ');
        for (; count > 0; count--) _text.Append(character);
        _last = character;
        _isOpen = false;
    }

    private void Add(string token)
    {
        if (token.Length == 0) return;
        if (token == "i" && !_french) token = "I";
        var opens = IsOpening(token);
        if (!_isOpen && !IsClosing(token, opens)) _text.Append(' ');
        _text.Append(token);
        _isOpen = opens || IsBetween(token) || token[^1] == '\n';
        _last = token;
    }

    // A quote that isn't closed is the beginning of one.
    private bool IsOpening(string token)
    {
        if (token == "\"") return _isInQuotes = !_isInQuotes;
        if (token == "'") return _isInSingleQuotes = !_isInSingleQuotes;
        if (_french && token.Length > 1 && token[^1] == '\'') return true;
        return token is "(" or "[" or "{" or "$" or "£" or "#" or "¿" or "¡" or "“" or "‘";
    }

    private bool IsClosing(string token, bool opens)
    {
        if (token is "\"" or "'") return !opens;
        if (IsBetween(token) || token[0] == '\n') return true;
        if (token is "." or "," or "…" or ".." or "..." or ")" or "]" or "}" or "%" or "”" or "’") return true;
        if (token is ";" or ":" or "!" or "?") return !_french || token == _last;
        if (_french) return token.Length > 1 && token[0] == '-' && token[1] != '-';
        return token is "n't" || token.Length > 1 && token[0] == '\'';
    }

    private static bool IsBetween(string token) => token is "-" or "/" or "\\" or "_";

    private static bool IsWord(string token) =>
        (CharacterClasses.At(token, token.Length - 1, out _) & CharacterClass.Word) != 0;
}
