using DeepCourse.Text.Tokenization;

namespace DeepCourse.Tests.Text.Tokenization;

public sealed class WordTokenizerTests
{
    private static readonly WordTokenizer english = new();
    private static readonly WordTokenizer french = new(Language.French);

    [Theory]
    [InlineData(Language.English, "text_tokens_english.json")]
    [InlineData(Language.French, "text_tokens_french.json")]
    public void Tokens_EqualThoseOfThePlainRules(Language language, string file)
    {
        var tokenizers = new Dictionary<string, WordTokenizer>
        {
            ["v1"] = new(language, WordRules.FastaiV1),
            ["v2"] = new(language, WordRules.FastaiV2),
        };
        var differences = from reference in TokenizerReference.Read(file)
                          let ours = Cut(tokenizers[reference.Rules], reference.Text)
                          where !ours.SequenceEqual(reference.Tokens)
                          select $"{reference.Rules} {TokenizerReference.Show(reference.Text)}: "
                              + $"{TokenizerReference.Show(string.Join('|', ours))}, plain {TokenizerReference.Show(string.Join('|', reference.Tokens))}";
        Assert.Empty(differences);
    }

    [Theory]
    [InlineData("I DON'T know, it's Soooo good!!!", "i|xxup|do|xxup|n't|know|,|it|'s|s|xxrep|4|o|good|xxrep|3|!")]
    [InlineData("Very very very very bad... Mr. O'Neil", "xxmaj|very|xxwrep|3|very|bad|…|xxmaj|mr.|o'neil")]
    [InlineData("well-known<br /><br />Tom &amp; Jerry: 8/10", "well|-|known|\n\n|xxmaj|tom|&|xxmaj|jerry|:|8|/|10")]
    public void English_SentencesByHand(string text, string tokens) => Assert.Equal(tokens.Split('|'), Cut(english, text));

    [Theory]
    [InlineData("L'eau qu’il boit aujourd'hui", "l'|eau|qu'|il|boit|aujourd'hui")]
    [InlineData("Peut-être, dit-elle : a-t-il fini ?", "peut-être|,|dit|-elle|:|a|-t-il|fini|?")]
    public void French_SentencesByHand(string text, string tokens)
    {
        var marked = Cut(french, text).Where(token => token != SpecialToken.Capitalized);
        Assert.Equal(tokens.Split('|'), marked);
    }

    [Fact]
    public void LoneSurrogates_BecomeReplacements()
    {
        Assert.Equal(["a", "\ufffd", "b", "\ufffd"], Cut(english, "a\ud800b \udc00"));
        Assert.Equal(["xxrep", "4", "\ufffd"], Cut(english, "\ud83d\ud83d\ud83d\ud83d"));
        Assert.Equal(["xxrep", "4", "😀"], Cut(english, "😀😀😀😀"));
    }

    [Fact]
    public void TenMegabytesOnOneLine_TakeTheirTimeAndNoMore()
    {
        const int Length = 10_000_000;
        Assert.Equal(["xxrep", $"{Length}", "a"], Cut(english, new string('a', Length)));
        Assert.Empty(Cut(english, new string(' ', Length)));
        var word = string.Concat(Enumerable.Repeat("ab", Length / 2));
        Assert.Equal([word], Cut(english, word));
        var repeated = string.Concat(Enumerable.Repeat("ab ", Length / 3));
        Assert.Equal(["xxwrep", $"{Length / 3}", "ab"], Cut(english, repeated));
        var hyphens = string.Concat(Enumerable.Repeat("a-il", Length / 40));
        Assert.NotEmpty(Cut(french, hyphens));
        Assert.NotEmpty(Cut(english, string.Concat(Enumerable.Repeat("a.", Length / 40))));
        Assert.NotEmpty(Cut(english, string.Concat(Enumerable.Repeat("&#1", Length / 40))));
    }

    [Fact]
    public void Rules_AreSwitchedOneByOne()
    {
        const string Text = "Yesss <br> YES very very very...";
        Assert.Equal(["xxmaj", "yesss", "<", "br", ">", "xxup", "yes", "very", "very", "very", "..."],
            Cut(new(rules: new() { RepeatedCharacters = 0, RepeatedWords = 0, FixesHtml = false, JoinsDots = false }), Text));
        Assert.Equal(["yesss", "\n", "yes", "xxwrep", "3", "very", "…"],
            Cut(new(rules: new() { RepeatedCharacters = 0, Capitals = CapitalLetters.Lowered }), Text));
        Assert.Equal(["Yesss", "\n", "YES", "xxwrep", "3", "very", "..."],
            Cut(new(rules: WordRules.FastaiV1 with { RepeatedWords = 3, Capitals = CapitalLetters.Kept }), Text));
        Assert.Equal(["xxbos", "xxfld", "2", "a"], Cut(new(rules: new() { Begins = true, Field = 2 }), "a"));
    }

    [Fact]
    public void Description_TellsRulesApart()
    {
        WordTokenizer[] different =
        [
            english, french, new(rules: WordRules.FastaiV1), new(rules: new() { Begins = true }), new(rules: new() { Field = 1 }),
            new(rules: new() { FixesHtml = false }), new(rules: new() { Capitals = CapitalLetters.Kept }),
        ];
        Assert.Equal(different.Length, different.Select(tokenizer => tokenizer.Description).Distinct().Count());
        Assert.Equal(english.Description, new WordTokenizer(Language.English, new()).Description);
    }

    [Fact]
    public void Arguments_AreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WordTokenizer((Language)7));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new WordTokenizer(rules: new() { RepeatedWords = 2 }));
        Assert.Contains("from 3 to 255", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new WordTokenizer(rules: new() { Capitals = (CapitalLetters)9 }));
    }

    [Fact]
    public void Tokenize_AppendsAndAllocatesNothingPerToken()
    {
        var tokens = new TokenBuffer();
        var text = string.Concat(Enumerable.Repeat("It's a Fiiiine DAY, isn't it? Yes yes yes… été &amp; co.\n", 200));
        english.Tokenize(text, tokens);
        var count = tokens.Count;
        english.Tokenize(text, tokens);
        Assert.Equal(2 * count, tokens.Count);
        tokens.Clear();
        english.Tokenize(text, tokens);
        tokens.Clear();
        var before = GC.GetAllocatedBytesForCurrentThread();
        english.Tokenize(text, tokens);
        // The entity's decoding makes two short strings, 200 times.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200 * 100);
    }

    private static string[] Cut(WordTokenizer tokenizer, string text)
    {
        var tokens = new TokenBuffer();
        tokenizer.Tokenize(text, tokens);
        return tokens.ToArray();
    }
}
