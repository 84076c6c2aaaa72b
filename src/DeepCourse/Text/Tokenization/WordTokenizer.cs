using System.Buffers;

namespace DeepCourse.Text.Tokenization;

/// <summary>Cuts texts into words and signs by fastai's rules, in one pass and without a string for any of them.</summary>
/// <remarks>What doesn't belong to a word's meaning becomes a token of its own, so that the vocabulary stays small:
/// "xxmaj" and "xxup" for capitals, "xxrep 5 o" and "xxwrep 3 very" for repetitions. Line breaks are tokens: "\n" for one,
/// "\n\n" for more. Emoji, faces like ":-)", addresses and abbreviations stay whole; all other signs stand alone. fastai
/// leaves the cutting itself to spaCy; the rules here give the same tokens for most words, with these differences: a
/// typographic apostrophe inside a word becomes a plain one, "xxup" needs two capital letters, half of a surrogate pair
/// becomes "\ufffd".</remarks>
public sealed class WordTokenizer : ITokenizer
{
    // Raise it whenever any text gets other tokens than before: corpora on disk go by it.
    private const int Version = 1;

    private readonly Language _language;

    /// <summary>Cuts words of a language.</summary>
    /// <param name="language">Decides over apostrophes, hyphens and abbreviations.</param>
    /// <param name="rules">What doesn't depend on the language; <see cref="WordRules.FastaiV2"/> unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rule is out of its range, or there is no such language.</exception>
    public WordTokenizer(Language language = Language.English, WordRules? rules = null)
    {
        if (!Enum.IsDefined(language)) throw new ArgumentOutOfRangeException(nameof(language), language, "No rules for this language.");
        _language = language;
        Rules = (rules ?? WordRules.FastaiV2).Checked();
        Description = $"words {Version}: {language}, repeated {Rules.RepeatedCharacters} {Rules.RepeatedWords}, "
            + $"capitals {Rules.Capitals}{Said(Rules.JoinsDots, "dots")}{Said(Rules.FixesHtml, "html")}{Said(Rules.Begins, "begin")}"
            + Said(Rules.Field is not null, $"field {Rules.Field}");
    }

    /// <summary>What doesn't depend on the language.</summary>
    public WordRules Rules { get; }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public void Tokenize(ReadOnlySpan<char> text, TokenBuffer tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        if (Rules.Begins) tokens.Add(SpecialToken.Begin);
        if (Rules.Field is { } field) new WordScanner([], _language, Rules, tokens).AddCount(SpecialToken.Field, field);
        if (!Rules.FixesHtml || !HtmlText.IsSuspect(text))
        {
            Cut(text, tokens);
            return;
        }
        var clean = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            Cut(clean.AsSpan(0, HtmlText.Clean(text, clean)), tokens);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(clean);
        }
    }

    /// <inheritdoc/>
    public string Join(IEnumerable<string> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return new WordJoiner(_language).Join(tokens);
    }

    private static string Said(bool whether, string what) => whether ? $", {what}" : "";

    // A repetition divides a text: nothing before it has to do with what follows.
    private void Cut(ReadOnlySpan<char> text, TokenBuffer tokens)
    {
        if (Rules.RepeatedCharacters == 0)
        {
            new WordScanner(text, _language, Rules, tokens).Run();
            return;
        }
        var hasPairs = text.ContainsAnyInRange('\ud800', '\udfff');
        for (var from = 0; from < text.Length;)
        {
            var (start, end) = RepeatedCharacters.Next(text, from, Rules.RepeatedCharacters, hasPairs, out var length);
            var scanner = new WordScanner(text[from..start], _language, Rules, tokens);
            scanner.Run();
            if (end > start) scanner.AddRepetition(text.Slice(start, length), (end - start) / length);
            from = end;
        }
    }
}
