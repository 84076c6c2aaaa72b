using DeepCourse.Text.Tokenization;

namespace DeepCourse.Tests.Text.Tokenization;

public sealed class WordJoinerTests
{
    [Theory]
    [InlineData("I don't think it's John's: we'll see, you're right (or not)!")]
    [InlineData("That well-known film... \"Great\", he said; 'fine' too. It cost $10,000.50, that is 8/10 & 50%.")]
    [InlineData("Mr. Smith SAID no!!!! Very very very nice\nNew line\n\nnew paragraph.")]
    [InlineData("See example.com @ 5 p.m. 😀 👍🏽 :-)")]
    public void English_ReadsAsBefore(string text) => RoundTrip(new(rules: WordRules.FastaiV1 with { RepeatedWords = 3 }), text);

    [Theory]
    [InlineData("Toute l'eau qu'il a bue aujourd'hui, c'est l'eau d'ici : peut-être.")]
    [InlineData("Aura-t-il vu celui-ci ? Non ! « Vas-y », dit-elle.")]
    public void French_ReadsAsBefore(string text) => RoundTrip(new(Language.French), text);

    [Fact]
    public void SpecialTokens_AreUndone()
    {
        var tokenizer = new WordTokenizer();
        Assert.Equal("Hello YOU xxunk", tokenizer.Join(["xxbos", "xxfld", "1", "xxmaj", "hello", "xxup", "you", "xxunk", "xxeos", "xxpad"]));
        Assert.Equal("sooo! no no no!!!", tokenizer.Join(["s", "xxrep", "3", "o", "!", "xxwrep", "3", "no", "xxrep", "3", "!"]));
        Assert.Equal("NO NO NO Été", tokenizer.Join(["xxwrep", "3", "xxup", "no", "xxmaj", "été"]));
    }

    // What a language model writes needn't make sense.
    [Theory]
    [InlineData("xxmaj", "xxmaj")]
    [InlineData("xxrep|99999999|a", "xxrep 99999999 a")]
    [InlineData("xxwrep|3", "xxwrep 3")]
    [InlineData("xxrep|x|y", "xxrep x y")]
    [InlineData("a||b", "a b")]
    [InlineData("xxfld", "xxfld")]
    public void StraySpecialTokens_StayAsTheyAre(string tokens, string text) =>
        Assert.Equal(text, new WordTokenizer().Join(tokens.Split('|')));

    private static void RoundTrip(WordTokenizer tokenizer, string text)
    {
        var tokens = new TokenBuffer();
        tokenizer.Tokenize(text, tokens);
        var joined = tokenizer.Join(tokens.ToArray());
        Assert.Equal(text, joined);
    }
}
