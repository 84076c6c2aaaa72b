namespace DeepCourse.Text.Tokenization;

/// <summary>The rules of a <see cref="WordTokenizer"/> that don't depend on the language.</summary>
/// <remarks>The sets of rules are those of fastai's two versions; single rules may be changed with
/// <see langword="with"/>.</remarks>
public sealed record WordRules
{
    /// <summary>fastai version 1: characters and words count as repeated from four times on.</summary>
    public static WordRules FastaiV1 { get; } = new() { RepeatedCharacters = 4, RepeatedWords = 4, JoinsDots = false };

    /// <summary>fastai version 2: characters and words count as repeated from three times on, and three full stops are
    /// one ellipsis.</summary>
    public static WordRules FastaiV2 { get; } = new();

    /// <summary>How often a character must stand in a row to become "xxrep 5 o"; 0 for never.</summary>
    /// <value>The default is 3.</value>
    public int RepeatedCharacters { get; init; } = 3;

    /// <summary>How often a word must stand in a row to become "xxwrep 3 very"; 0 for never.</summary>
    /// <value>The default is 3.</value>
    public int RepeatedWords { get; init; } = 3;

    /// <summary>Whether three full stops or more become the token "…".</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool JoinsDots { get; init; } = true;

    /// <summary>Whether what web pages leave in a text is put right: entities, line breaks, escaped quotes, and the signs
    /// of WikiText's own tokenizer.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool FixesHtml { get; init; } = true;

    /// <summary>What becomes of capital letters.</summary>
    /// <value>The default is <see cref="CapitalLetters.Marked"/>.</value>
    public CapitalLetters Capitals { get; init; }

    /// <summary>Whether each text's first token is "xxbos". Encoders that say so themselves want it off.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Begins { get; init; }

    /// <summary>The number of the field that each text is, told by "xxfld" before it; null for none.</summary>
    /// <value>The default is null.</value>
    public int? Field { get; init; }

    internal WordRules Checked()
    {
        RequireCount(RepeatedCharacters, nameof(RepeatedCharacters));
        RequireCount(RepeatedWords, nameof(RepeatedWords));
        if (!Enum.IsDefined(Capitals)) throw new ArgumentOutOfRangeException(nameof(Capitals), Capitals, "No such rule for capital letters.");
        return this;
    }

    // Twice is how words like "noon" and "that that" are written.
    private static void RequireCount(int count, string name)
    {
        if (count is not 0 and (< 3 or > 255))
            throw new ArgumentOutOfRangeException(name, count, "Give from 3 to 255 times, or 0 to leave repetitions alone.");
    }
}
