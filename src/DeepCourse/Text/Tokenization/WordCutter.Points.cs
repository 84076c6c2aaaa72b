using System.Collections.Frozen;

namespace DeepCourse.Text.Tokenization;

/// <content>Words that keep their points.</content>
internal readonly ref partial struct WordCutter
{
    private const int LongestDomain = 4, LongestAbbreviation = 4;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> domains = Lookup(
        "com", "edu", "fr", "gov", "info", "io", "net", "org", "tv", "uk");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> englishAbbreviations = Lookup(
        "Mr", "Mrs", "Ms", "Dr", "St", "Prof", "Jr", "Sr", "Mt", "Lt", "Sgt", "Capt", "Gen", "Rev", "Vol", "vs", "etc",
        "mr", "mrs", "ms", "dr", "prof", "jr", "sr");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> frenchAbbreviations = Lookup(
        "M", "MM", "Dr", "Pr", "Prof", "St", "Ste", "Cf", "cf", "dr", "prof", "etc", "vol", "av");

    /// <summary>The end of a host's name or an e-mail address, up to its last well-known ending; 0 for none.</summary>
    private int EndOfAddress(int start, int end)
    {
        foreach (var character in _text[start..end])
            if (!char.IsAsciiLetterOrDigit(character))
                return 0;
        var found = 0;
        while (end + 1 < _text.Length && _text[end] is '.' or '@' && char.IsAsciiLetterOrDigit(_text[end + 1]))
        {
            var label = end + 1;
            var labelEnd = label;
            while (labelEnd < _text.Length && char.IsAsciiLetterOrDigit(_text[labelEnd])) labelEnd++;
            if (IsInnerAt(labelEnd)) break;
            if (_text[end] == '.' && labelEnd - label <= LongestDomain && domains.Contains(_text[label..labelEnd])) found = labelEnd;
            end = labelEnd;
        }
        return found;
    }

    /// <summary>The end of single letters with points between them; 0 for fewer than two.</summary>
    private int EndOfInitials(int start, int end, ref CharacterClass seen)
    {
        if (end != start + 1 || !char.IsAsciiLetter(_text[start])) return 0;
        while (end + 1 < _text.Length && _text[end] == '.' && char.IsAsciiLetter(_text[end + 1]) && !IsInnerAt(end + 2))
        {
            seen |= CharacterClasses.Of(_text[end + 1]);
            end += 2;
        }
        if (end == start + 1) return 0;
        return end < _text.Length && _text[end] == '.' && !IsInnerAt(end + 1) ? end + 1 : end;
    }

    private bool IsAbbreviation(int start, int end)
    {
        if (end - start > LongestAbbreviation || _text[end] != '.') return false;
        // Full stops after one are another sign.
        if (end + 1 < _text.Length && _text[end + 1] == '.') return false;
        return (_french ? frenchAbbreviations : englishAbbreviations).Contains(_text[start..end]);
    }

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup(params string[] words) =>
        words.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
}
