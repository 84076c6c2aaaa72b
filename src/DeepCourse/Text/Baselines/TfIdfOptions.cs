namespace DeepCourse.Text.Baselines;

/// <summary>What <see cref="TfIdf"/> counts. The defaults are those of the baseline that text classifiers are measured
/// against: single words and pairs, damped counts.</summary>
public sealed record TfIdfOptions
{
    /// <summary>The longest run of tokens that counts as one term; shorter ones count too.</summary>
    public int LongestNGram { get; init; } = 2;

    /// <summary>Terms in fewer documents than this are left out.</summary>
    public int LeastDocuments { get; init; } = 1;

    /// <summary>How many terms are kept, those that occur most often; null keeps all.</summary>
    public int? MostTerms { get; init; }

    /// <summary>Whether a term that occurs n times counts as 1 + ln n, for it doesn't say n times as much.</summary>
    public bool Sublinear { get; init; } = true;
}
