namespace DeepCourse.Text.Tokenization;

/// <summary>Tokens that stand for something other than a word, with the names that fastai gave them.</summary>
/// <remarks>fastai v1 and v2 name them alike. Their numbers, where a vocabulary has them, are their places in
/// <see cref="All"/>.</remarks>
public static class SpecialToken
{
    /// <summary>A word that the vocabulary doesn't have.</summary>
    public const string Unknown = "xxunk";

    /// <summary>Fills a batch where a text has ended.</summary>
    public const string Padding = "xxpad";

    /// <summary>A text begins.</summary>
    public const string Begin = "xxbos";

    /// <summary>A text ends.</summary>
    public const string End = "xxeos";

    /// <summary>A field of a record begins; its number follows.</summary>
    public const string Field = "xxfld";

    /// <summary>A character is repeated; how often, and which, follow.</summary>
    public const string RepeatedCharacter = "xxrep";

    /// <summary>A word is repeated; how often, and which, follow.</summary>
    public const string RepeatedWord = "xxwrep";

    /// <summary>The next word was in capitals.</summary>
    public const string Upper = "xxup";

    /// <summary>The next word began with a capital.</summary>
    public const string Capitalized = "xxmaj";

    /// <summary>All of them, in the order in which a vocabulary begins with them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Unknown, Padding, Begin, End, Field, RepeatedCharacter, RepeatedWord, Upper, Capitalized];
}
