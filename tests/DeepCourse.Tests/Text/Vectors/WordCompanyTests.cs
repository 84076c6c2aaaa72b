using DeepCourse.Text.Vectors;

namespace DeepCourse.Tests.Text.Vectors;

public class WordCompanyTests
{
    private const int Words = 30;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    public void ValuesAreThoseOfTheDefinition(int window, int threads)
    {
        var texts = Draw(40, 5);
        var options = new WordVectorOptions { Window = window, FirstWord = 3, Threads = threads, Surprise = 1.2, Smoothing = 0.5 };
        var found = new WordCompany(new FewDocuments(texts), [.. Enumerable.Range(0, texts.Length)], Words, options).Surprise(default);
        var expected = Naive(texts, options);
        for (var row = 0; row < Words; row++)
        {
            var dense = new double[Words];
            for (var i = 0; i < found.Columns(row).Length; i++) dense[found.Columns(row)[i]] = found.Values(row)[i];
            for (var column = 0; column < Words; column++)
                Assert.True(Math.Abs(expected[row, column] - dense[column]) < 1e-5, $"[{row}, {column}]: {expected[row, column]}, but {dense[column]}");
        }
        Assert.True(found.Filled > 50);
    }

    [Fact]
    public void OnlyTheChosenTextsCount()
    {
        var texts = Draw(20, 6);
        var options = new WordVectorOptions { Window = 2, FirstWord = 0, Threads = 1 };
        var chosen = new WordCompany(new FewDocuments(texts), [3, 7, 8], Words, options).Surprise(default);
        var alone = new WordCompany(new FewDocuments(texts[3], texts[7], texts[8]), [0, 1, 2], Words, options).Surprise(default);
        Assert.Equal(alone.Filled, chosen.Filled);
        for (var row = 0; row < Words; row++) Assert.Equal(alone.Values(row).ToArray(), chosen.Values(row).ToArray());
    }

    // Every pair of places, looked at by itself.
    private static double[,] Naive(int[][] texts, WordVectorOptions options)
    {
        var counts = new double[Words, Words];
        foreach (var text in texts)
        {
            int[] words = [.. text.Where(token => token >= options.FirstWord)];
            for (var i = 0; i < words.Length; i++)
                for (var j = 0; j < words.Length; j++)
                    if (i != j && Math.Abs(i - j) <= options.Window) counts[words[i], words[j]]++;
        }
        var met = Enumerable.Range(0, Words).Select(row => Enumerable.Range(0, Words).Sum(column => counts[row, column])).ToArray();
        var power = (1 + options.Smoothing) / 2;
        var shares = met.Select(count => Math.Pow(count, power) / met.Sum(other => Math.Pow(other, power))).ToArray();
        var surprise = new double[Words, Words];
        for (var row = 0; row < Words; row++)
            for (var column = 0; column < Words; column++)
                if (counts[row, column] > 0)
                    surprise[row, column] = Math.Max(0, Math.Log(counts[row, column] / met.Sum() / (shares[row] * shares[column] * options.Surprise)));
        return surprise;
    }

    // Words come in runs, so that some pairs meet more often than others.
    private static int[][] Draw(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var topic = random.Next(5);
            return Enumerable.Range(0, random.Next(0, 30)).Select(_ => random.Next(3) == 0 ? random.Next(Words) : 3 + (topic * 5) + random.Next(5)).ToArray();
        })];
    }
}
