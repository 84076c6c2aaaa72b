using DeepCourse.Tensors;
using DeepCourse.Text;
using DeepCourse.Text.Tokenization;

namespace DeepCourse.Tests.Text;

/// <summary>Numbers of tokens: their order, their file, and what is said when they don't fit.</summary>
public sealed class TokenVocabularyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vocabulary").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Of_Counts_PutsSpecialTokensFirstThenTheFrequentOnes()
    {
        var counts = Count("b b b a a a c c c c d xxmaj xxmaj xxmaj xxmaj xxmaj");

        var vocabulary = TokenVocabulary.Of(counts, minCount: 2, multiple: 1);

        Assert.Equal([.. SpecialToken.All, "c", "a", "b"], vocabulary);
        Assert.Equal(0, vocabulary.UnknownIndex);
    }

    [Fact]
    public void Of_MaxSize_CountsTheSpecialTokensIn() =>
        Assert.Equal([.. SpecialToken.All, "c", "a"],
            TokenVocabulary.Of(Count("b b b a a a c c c c"), maxSize: 11, minCount: 1, multiple: 1));

    [Fact]
    public void Of_Multiple_AppendsUnusedNamesThatNoTokenHas()
    {
        var vocabulary = TokenVocabulary.Of(Count("a xxunused1"), minCount: 1, multiple: 8);

        Assert.Equal(16, vocabulary.Count);
        Assert.Equal(["a", "xxunused1", "xxunused0", "xxunused2", "xxunused3", "xxunused4", "xxunused5"], vocabulary.Skip(9));
    }

    [Fact]
    public void Load_WhatWasSaved_IsTheSame()
    {
        var path = Path.Combine(_folder, "v.txt");
        var vocabulary = new TokenVocabulary(["xxunk", "a\nb", "a\\nb", "", " ", "\t", "\u0007", "\ud83d", "\ud83d\ude00", "été", "\r"]);

        vocabulary.Save(path);
        var loaded = TokenVocabulary.Load(path);

        Assert.Equal(vocabulary, loaded);
        Assert.Equal(vocabulary.Fingerprint, loaded.Fingerprint);
        Assert.Equal(0, loaded.UnknownIndex);
        Assert.Equal(12, File.ReadAllLines(path).Length);
    }

    [Fact]
    public void Load_WithoutAnUnknownToken_HasNoneEither()
    {
        var path = Path.Combine(_folder, "bytes.txt");
        new TokenVocabulary(["a", "b"], unknown: null).Save(path);

        Assert.Equal(-1, TokenVocabulary.Load(path).UnknownIndex);
    }

    [Theory]
    [InlineData("", 1, "not a vocabulary")]
    [InlineData("deepcourse-vocabulary 9 1 0\na\n", 1, "version 9")]
    [InlineData("deepcourse-vocabulary 1 x 0\na\n", 1, "'x 0'")]
    [InlineData("deepcourse-vocabulary 1 2 2\na\nb\n", 1, "'2 2'")]
    [InlineData("deepcourse-vocabulary 1 3 0\na\nb\n", 4, "2 of 3")]
    [InlineData("deepcourse-vocabulary 1 2 0\na\na\n", 3, "line 2 already")]
    [InlineData("deepcourse-vocabulary 1 1 0\na\\x\n", 2, "escapes nothing")]
    [InlineData("deepcourse-vocabulary 1 1 0\na\nb\n", 3, "'b' follows")]
    public void Load_BrokenFile_NamesFileAndLine(string text, int line, string message)
    {
        var path = Path.Combine(_folder, "broken.txt");
        File.WriteAllText(path, text);

        var exception = Assert.Throws<DataFormatException>(() => TokenVocabulary.Load(path));

        Assert.Equal((path, line), (exception.Path, exception.Line));
        Assert.Contains(message, exception.Message);
    }

    [Fact]
    public void Fingerprint_LineBreakInAToken_IsNotTwoTokens() =>
        Assert.NotEqual(new TokenVocabulary(["a\nb"], null).Fingerprint, new TokenVocabulary(["a", "b"], null).Fingerprint);

    [Fact]
    public void RequireSame_OtherTokens_NamesSizesAndTheFirstThatDiffers()
    {
        var weights = new TokenVocabulary(["xxunk", "the", "a"]);
        var exception = Assert.Throws<VocabularyMismatchException>(
            () => new TokenVocabulary(["xxunk", "of", "a", "b"]).RequireSame(weights, "model.safetensors"));

        Assert.Equal((3, 4, 1), (exception.ExpectedSize, exception.ActualSize, exception.FirstDifference));
        Assert.StartsWith("model.safetensors: ", exception.Message);
        Assert.Contains("number 1: 'the' for the weights, 'of' in the vocabulary", exception.Message);
        new TokenVocabulary(["xxunk", "the", "a"]).RequireSame(weights, "model.safetensors");
    }

    [Fact]
    public void RequireSame_OneMoreToken_SaysWhereTheyAgree() => Assert.Contains(
        "agree on the first 1 tokens",
        Assert.Throws<VocabularyMismatchException>(
            () => new TokenVocabulary(["xxunk", "of"]).RequireSame(new(["xxunk"]), "w")).Message);

    private static TokenCounts Count(string text)
    {
        var (counts, tokens) = (new TokenCounts(), new TokenBuffer());
        new SpacedTokenizer().Tokenize(text, tokens);
        counts.Add(tokens);
        return counts;
    }
}
