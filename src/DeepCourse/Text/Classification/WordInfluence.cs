using DeepCourse.Reporting;

namespace DeepCourse.Text.Classification;

/// <summary>A word of a text and what it does to the prediction.</summary>
/// <param name="Word">As it is read, its capitals included.</param>
/// <param name="Influence">Above 0 where the word makes the explained class likelier.</param>
/// <param name="FollowsClosely">Whether no space stands before it.</param>
public readonly record struct WordInfluence(string Word, double Influence, bool FollowsClosely);

/// <summary>Which words of a text made its class likely.</summary>
/// <param name="Prediction">What the classifier says of the whole text.</param>
/// <param name="Class">The class that is explained.</param>
/// <param name="Words">The words in reading order.</param>
public sealed record TextExplanation(TextPrediction Prediction, string Class, IReadOnlyList<WordInfluence> Words)
{
    /// <summary>The words with the largest influence first, whichever way it goes.</summary>
    /// <param name="count">How many.</param>
    public IReadOnlyList<WordInfluence> Strongest(int count = 5) =>
        [.. Words.OrderByDescending(word => Math.Abs(word.Influence)).Take(count)];

    /// <summary>The text for a <see cref="ShadedText"/> figure.</summary>
    /// <param name="truth">The text's true class, where it is known.</param>
    public ShadedPassage ToPassage(string? truth = null)
    {
        var heading = $"**{Prediction.Class}**, {Prediction.Probability:0.00}" + (truth is null ? "" : $" (in truth {truth})");
        return new(heading, [.. Words.Select(word => new ShadedWord(word.Word, word.Influence, word.FollowsClosely))])
        {
            Correct = truth is null ? null : truth == Prediction.Class,
        };
    }
}
