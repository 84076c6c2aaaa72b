using DeepCourse.Text.Corpora;
using DeepCourse.Text.Vectors;

namespace DeepCourse.Tests.Text.Vectors;

public class LatentSemanticsTests
{
    private const int First = 2;
    private const int Words = 42;

    private static readonly LatentSemanticsOptions Small = new() { Size = 5, FirstWord = First, Threads = 2 };

    [Theory]
    [InlineData(1.0, 1)]
    [InlineData(1.5, 3)]
    public void DirectionsAreTheFirstSingularVectors(double rarity, int threads)
    {
        using var scope = NewDisposeScope();
        // With so few words the space that is searched has room for all directions: nothing is approximate.
        var texts = Draw(60, seed: 3, words: 20);

        var found = LatentSemantics.Of(new FewDocuments(texts), 20, Small with { Rarity = rarity, Threads = threads });

        var (table, rarities) = Naive(texts, 20, rarity);
        var expected = linalg.svd(table).Vh.narrow(0, 0, 5).t() * rarities.unsqueeze(1);
        var actual = found.ToTensor().to(float64);
        // Directions may point either way, but no product of one with itself changes.
        for (var direction = 0; direction < 5; direction++)
        {
            var (e, a) = (expected.select(1, direction), actual.select(1, direction));
            Assert.True((e.outer(e) - a.outer(a)).abs().max().item<double>() < 1e-4, $"direction {direction}");
        }
        // Special tokens are no words.
        Assert.All(found[0].ToArray().Concat(found[1].ToArray()), value => Assert.Equal(0, value));
    }

    [Fact]
    public void ATextLiesWhereItsWordsPointTogether()
    {
        var semantics = Topical();
        int[] one = [0, First, First + 1, First + 1, First + 3], same = [First + 3, First, First + 1], other = [First + 20, First + 21];
        Assert.Equal(semantics.PlaceOf(one), semantics.PlaceOf(same), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(1, semantics.PlaceOf(one).Sum(value => value * value), 1e-5);
        Assert.True(Cosine(semantics.PlaceOf(one), semantics.PlaceOf([First + 2, First + 5])) > 0.9);
        Assert.True(Cosine(semantics.PlaceOf(one), semantics.PlaceOf(other)) < 0.3);
        Assert.All(semantics.PlaceOf([0, 1]), value => Assert.Equal(0, value));
        Assert.All(semantics.PlaceOf([]), value => Assert.Equal(0, value));
    }

    [Fact]
    public void TheEndsOfADirectionAreTheWordsOfTopics()
    {
        var semantics = Topical();
        // Nothing joins the topics, so that each direction is about one of them, the most frequent first.
        for (var direction = 0; direction < 3; direction++)
        {
            int[] ends = [.. semantics.Strongest(direction, 10), .. semantics.Strongest(direction, 10, negative: true)];
            Assert.Equal(10, ends.Count(word => (word - First) / 10 == direction && Math.Abs(semantics[word][direction]) > 0.01));
            Assert.All(ends.Where(word => (word - First) / 10 != direction), word => Assert.Equal(0, semantics[word][direction], 0.02));
            // Special tokens move no text.
            Assert.DoesNotContain(ends, word => word < First);
            Assert.All(semantics.Strongest(direction, Words, negative: true), word => Assert.True(semantics[word][direction] < 0));
        }
        Assert.NotEqual(semantics.Strongest(1, 3), semantics.Strongest(1, 3, negative: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => semantics.Strongest(3, 1));
    }

    [Fact]
    public void OnlyTheChosenTextsCount_AndTheSameSeedGivesTheSame()
    {
        var texts = Draw(20, seed: 6, Words);
        var chosen = LatentSemantics.Of(new FewDocuments(texts), Words, Small, [3, 7, 8, 9, 11, 12]);
        var alone = LatentSemantics.Of(new FewDocuments([.. new[] { 3, 7, 8, 9, 11, 12 }.Select(text => texts[text])]), Words, Small);
        for (var word = 0; word < Words; word++) Assert.Equal(alone[word].ToArray(), chosen[word].ToArray());
    }

    [Fact]
    public void WhatCannotBeIsRefused()
    {
        var texts = new FewDocuments([2, 3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => LatentSemantics.Of(texts, 5, Small));
        Assert.Throws<ArgumentOutOfRangeException>(() => LatentSemantics.Of(texts, Words, Small with { Rarity = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => LatentSemantics.Of(texts, Words, Small with { Size = 0 }));
        // A word that every text has says nothing about any of them.
        Assert.All(Enumerable.Range(0, Words), word => Assert.All(LatentSemantics.Of(texts, Words, Small)[word].ToArray(), value => Assert.Equal(0, value)));
    }

    [Fact]
    public void DirectionsBeyondThoseOfTheTextsAreZero()
    {
        var semantics = LatentSemantics.Of(new FewDocuments([2, 3, 4], [5, 6], [7, 8, 9, 10]), Words, Small);
        Assert.Contains(Enumerable.Range(0, Words), word => Math.Abs(semantics[word][2]) > 0.1);
        Assert.All(Enumerable.Range(0, Words), word => Assert.Equal([0, 0], semantics[word][3..].ToArray()));
    }

    [Fact]
    public void ATokenThatIsNotOfTheVocabularyIsNamed()
    {
        var texts = new FewDocuments([2, 3, 4], [5, 99], [7, 8]);
        Assert.Contains("document 1 has the token 99, but the vocabulary has 42 words", Assert.Throws<ArgumentException>(() => LatentSemantics.Of(texts, Words, Small)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => WordVectors.Of(texts, Words, new() { Size = 5, Threads = 2 }));
        Assert.Throws<ArgumentException>(() => texts.CountTokens(Words));
        Assert.Equal([5, 99], texts.TokensOf(1));
    }

    [Fact]
    public void CancellationEndsIt()
    {
        using var source = new CancellationTokenSource();
        var texts = new FewDocuments([.. Enumerable.Range(0, 40).Select(text => new[] { 3, 4, 5 + (text % 7) })]) { AfterReading = reads => { if (reads == 130) source.Cancel(); } };
        Assert.ThrowsAny<OperationCanceledException>(() => LatentSemantics.Of(texts, Words, Small, cancellation: source.Token));
    }

    [Fact]
    public void TokensAreCounted()
    {
        var texts = new FewDocuments([2, 3, 3], [], [3, 0]);
        Assert.Equal([1, 0, 1, 3, 0], texts.CountTokens(5));
        Assert.Equal([1, 0, 0, 1, 0], texts.CountTokens(5, [2, 1]));
    }

    private static double Cosine(float[] a, float[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static LatentSemantics Topical()
    {
        var random = new Random(5);
        return LatentSemantics.Of(
            new FewDocuments([.. Enumerable.Range(0, 450).Select(text => Enumerable.Range(0, 6).Select(_ => First + (TopicOf(text) * 10) + random.Next(10)).ToArray())]), Words, Small with { Size = 3 });
    }

    // Half of the texts are about the first topic, a quarter about the next one, and so on.
    private static int TopicOf(int text) => (text % 15) switch { < 8 => 0, < 12 => 1, < 14 => 2, _ => 3 };

    // Texts by words, as a table.
    private static (Tensor Table, Tensor Rarity) Naive(int[][] texts, int words, double power)
    {
        var table = zeros(texts.Length, words, dtype: float64);
        for (var text = 0; text < texts.Length; text++)
            foreach (var word in texts[text].Where(word => word >= First)) table[text, word] = 1.0;
        var found = table.sum([0L]);
        var rarity = where(found.eq(0), zeros_like(found), (texts.Length / found.clamp(min: 1)).log().pow(power));
        table *= rarity;
        return (table / table.norm(1, keepdim: true).clamp(min: 1e-12), rarity);
    }

    // A few topics of very different frequency, so that directions are well apart.
    private static int[][] Draw(int count, int seed, int words)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var (topics, of) = (5, (words - First) / 5);
            var topic = (int)(topics * Math.Pow(random.NextDouble(), 2));
            return Enumerable.Range(0, random.Next(0, 25)).Select(_ => random.Next(4) == 0 ? random.Next(words) : First + (topic * of) + random.Next(of)).ToArray();
        })];
    }
}
