namespace DeepCourse.Text.Tokenization;

/// <summary>What a <see cref="BytePairTokenizer"/> does besides merging bytes.</summary>
public sealed record BytePairOptions
{
    /// <summary>Tokens that stand for something other than text. Where a text has one of them, it becomes that token; leave
    /// them out for texts by strangers, who could write them.</summary>
    /// <value>The default has none.</value>
    public IReadOnlyList<string> SpecialTokens { get; init; } = [];

    /// <summary>The token with which the encoder begins each text; null for none.</summary>
    /// <value>The default is null.</value>
    public string? Begin { get; init; }
}
