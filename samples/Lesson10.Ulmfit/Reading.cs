namespace Lesson10;

/// <summary>What a language model has read.</summary>
internal enum Reading
{
    /// <summary>Nothing: its weights are random.</summary>
    Nothing,

    /// <summary>General English.</summary>
    English,

    /// <summary>The reviews, without their labels.</summary>
    Reviews,

    /// <summary>General English, then the reviews.</summary>
    EnglishAndReviews,
}
