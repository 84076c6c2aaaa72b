namespace DeepCourse.Reporting;

/// <summary>A word of a text and how much it speaks for or against something.</summary>
/// <param name="Text">The word.</param>
/// <param name="Weight">Above 0 for, below 0 against; any scale.</param>
/// <param name="FollowsClosely">Whether no space stands before it, as before a comma.</param>
public readonly record struct ShadedWord(string Text, double Weight, bool FollowsClosely = false);

/// <summary>A text whose words are shaded.</summary>
/// <param name="Heading">A line above it, such as what was predicted; may be empty. Backticks make code, double asterisks
/// bold.</param>
/// <param name="Words">The words in reading order.</param>
public sealed record ShadedPassage(string Heading, IReadOnlyList<ShadedWord> Words)
{
    /// <summary>Whether the prediction in the heading was right; null where that isn't the question.</summary>
    public bool? Correct { get; init; }

    internal double Largest => Words.Select(word => double.IsFinite(word.Weight) ? Math.Abs(word.Weight) : 0).DefaultIfEmpty().Max();
}
