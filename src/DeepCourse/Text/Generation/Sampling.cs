namespace DeepCourse.Text.Generation;

/// <summary>How the next token is drawn from what a model says.</summary>
public sealed record Sampling
{
    /// <summary>Divides the logits: below 1 the likely becomes likelier, above 1 the unlikely; 0 takes the likeliest token
    /// always.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Draws among this many likeliest tokens; null for all.</summary>
    public int? TopK { get; init; }

    /// <summary>Draws among the likeliest tokens that together have this probability, at least one; null for all.</summary>
    /// <remarks>Holtzman et al. 2020 (arXiv 1904.09751), section 3.1. It acts after temperature and
    /// <see cref="TopK"/>.</remarks>
    public double? TopP { get; init; }

    /// <summary>Takes the likeliest token always.</summary>
    public static Sampling Greedy { get; } = new() { Temperature = 0 };

    internal Sampling Checked()
    {
        if (!(Temperature >= 0 && double.IsFinite(Temperature)))
            throw new ArgumentOutOfRangeException(nameof(Temperature), Temperature, "a temperature is 0 or above");
        if (TopK is { } most) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most, nameof(TopK));
        if (TopP is { } share && !(share > 0 && share <= 1))
            throw new ArgumentOutOfRangeException(nameof(TopP), share, "a probability above 0, at most 1");
        return this;
    }
}
