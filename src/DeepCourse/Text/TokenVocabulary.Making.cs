using DeepCourse.Text.Tokenization;

namespace DeepCourse.Text;

public sealed partial class TokenVocabulary
{
    private const string UnusedName = "xxunused";

    /// <summary>Lists the special tokens, then the tokens that occur most often.</summary>
    /// <param name="counts">How often each token occurs.</param>
    /// <param name="maxSize">The greatest number of tokens, special ones included, before padding.</param>
    /// <param name="minCount">Rarer tokens are left out.</param>
    /// <param name="multiple">Names that no text contains (<c>xxunused0</c>, ...) are appended until the size is a
    /// multiple of this: matrices with such sizes are multiplied faster.</param>
    /// <returns><see cref="SpecialToken.All"/> in their order, then by falling count, ties in ordinal order, so that
    /// counts alone decide the numbers.</returns>
    /// <remarks>The defaults are fastai's: 60,000 tokens that occur three times, and a multiple of 8.</remarks>
    public static TokenVocabulary Of(TokenCounts counts, int maxSize = 60_000, long minCount = 3, int multiple = 8)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSize, SpecialToken.All.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(minCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(multiple, 1);
        var special = SpecialToken.All.ToHashSet(StringComparer.Ordinal);
        var frequent = counts.Pairs
            .Where(pair => pair.Value >= minCount && !special.Contains(pair.Key))
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => pair.Key)
            .Take(maxSize - SpecialToken.All.Count);
        List<string> tokens = [.. SpecialToken.All, .. frequent];
        var taken = tokens.ToHashSet(StringComparer.Ordinal);
        for (var number = 0; tokens.Count % multiple != 0; number++)
            if (taken.Add($"{UnusedName}{number}")) tokens.Add($"{UnusedName}{number}");
        return new(tokens);
    }
}
