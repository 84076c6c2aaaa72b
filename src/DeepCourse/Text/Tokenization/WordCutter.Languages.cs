using System.Collections.Frozen;

namespace DeepCourse.Text.Tokenization;

/// <content>Contractions of English; elisions and pronouns of French.</content>
internal readonly ref partial struct WordCutter
{
    private const int CannotLength = 6, CannotCut = 3, LongestElision = 6, LongestPronoun = 8;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> clitics =
        LookupAnyCase("s", "m", "d", "re", "ve", "ll");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> elisions = LookupAnyCase(
        "c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> pronouns = LookupAnyCase(
        "je", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "ce", "t-il", "t-elle", "t-on", "t-ils", "t-elles",
        "moi", "toi", "le", "la", "les", "lui", "leur", "y", "en", "ci", "là");

    /// <summary>The end of what a word leaves behind: 's or 'll in English, -elle in French; 0 for nothing of the
    /// kind.</summary>
    /// <param name="at">The place of an apostrophe or a hyphen.</param>
    internal int EndOfTail(int at)
    {
        if (!IsInnerBefore(at)) return 0;
        if (_french) return _text[at] == '-' ? EndOfPronoun(at) : 0;
        var seen = CharacterClass.None;
        return IsApostrophe(_text[at]) && IsClitic(at) ? EndOfRun(at + 1, ref seen) : 0;
    }

    private bool IsClitic(int apostrophe)
    {
        var end = apostrophe + 1;
        while (end < _text.Length && char.IsAsciiLetter(_text[end])) end++;
        return end - apostrophe is 2 or 3 && !IsInnerAt(end) && clitics.Contains(_text[(apostrophe + 1)..end]);
    }

    private bool IsNegation(int apostrophe) =>
        apostrophe > 0 && (_text[apostrophe - 1] | 0x20) == 'n'
        && apostrophe + 1 < _text.Length && (_text[apostrophe + 1] | 0x20) == 't' && !IsInnerAt(apostrophe + 2);

    private int BeforeNegation(int start, int apostrophe, ref bool isCurly)
    {
        if (apostrophe - 1 > start) return IsInnerBefore(apostrophe - 1) ? apostrophe - 1 : apostrophe;
        isCurly = _text[apostrophe] == '’';
        return apostrophe + 2;
    }

    private bool IsCannot(int start) => _text.Slice(start, CannotLength).Equals("cannot", StringComparison.OrdinalIgnoreCase);

    private bool IsElision(int start, int apostrophe) =>
        apostrophe - start <= LongestElision && elisions.Contains(_text[start..apostrophe]);

    /// <summary>The end of a pronoun that ends the word with its hyphen; 0 for none.</summary>
    private int EndOfPronoun(int hyphen)
    {
        var end = hyphen + 1;
        while (end < _text.Length && end - hyphen <= LongestPronoun && (IsInnerAt(end) || IsInnerHyphen(end))) end++;
        if (end - hyphen > LongestPronoun || end < _text.Length && IsApostrophe(_text[end]) && IsBetweenLetters(end)) return 0;
        // These are two words of one noun.
        var word = _text[(hyphen + 1)..end];
        if (word.Equals("vous", StringComparison.OrdinalIgnoreCase)
            && _text[..hyphen].EndsWith("rendez", StringComparison.OrdinalIgnoreCase)) return 0;
        return pronouns.Contains(word) ? end : 0;
    }

    private bool IsInnerHyphen(int at) => _text[at] == '-' && IsBetweenLetters(at);

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> LookupAnyCase(params string[] words) =>
        words.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
