namespace DeepCourse.Text.Transfer;

/// <summary>How much of a vocabulary a pretrained model knew.</summary>
/// <param name="Tokens">The number of tokens of the new vocabulary.</param>
/// <param name="Found">How many of them have rows of their own in the pretrained embedding.</param>
/// <param name="Unseen">The others, in the vocabulary's order; their rows are the mean of all pretrained rows.</param>
public sealed record TransferReport(int Tokens, int Found, IReadOnlyList<string> Unseen)
{
    /// <summary>The share of the tokens that were found, 0 to 1.</summary>
    public double Share => Tokens == 0 ? 0 : (double)Found / Tokens;
}
