using DeepCourse.Data;

namespace DeepCourse.Text.Loading;

/// <summary>How many steps each batch of an epoch has; together they make a whole row.</summary>
/// <remarks>
/// With jitter, lengths are drawn by the rule of fastai 0.7: around the usual length with a standard deviation of 5, in
/// one case of twenty around half of it, and never below 5. The first batch is the longest of all, so that a lack of
/// memory shows at once. Other than there, an epoch's lengths are those of the first epoch in another order: so every
/// epoch has the same number of batches, and no token is left out.
/// </remarks>
internal static class StepLengths
{
    private const int Least = 5;
    private const double Deviation = 5;
    private const double ChanceOfHalf = 0.05;
    private const int MostAbove = 25;

    public static int[] Of(long row, LanguageModelLoaderOptions options)
    {
        if (options.Jitter) return Drawn(row, options);
        var full = checked((int)(row / options.Steps));
        var rest = (int)(row % options.Steps);
        var lengths = new int[full + (rest > 0 && !options.DropLast ? 1 : 0)];
        Array.Fill(lengths, options.Steps);
        if (lengths.Length > full) lengths[full] = rest;
        return lengths;
    }

    /// <summary>The lengths of an epoch; the first and the last batch keep their places.</summary>
    public static int[] ForEpoch(int[] lengths, int epoch, LanguageModelLoaderOptions options)
    {
        if (!options.Jitter || lengths.Length < 4) return lengths;
        var shuffled = (int[])lengths.Clone();
        Chance.ForItem(options.Seed, epoch, lengths.Length).Shuffle(shuffled.AsSpan(1, lengths.Length - 2));
        return shuffled;
    }

    private static int[] Drawn(long row, LanguageModelLoaderOptions options)
    {
        var random = Chance.ForEpoch(options.Seed, 0);
        var most = options.Steps + MostAbove;
        List<int> lengths = [];
        for (long done = 0; done < row; done += lengths[^1])
        {
            var next = lengths.Count == 0 ? most : Draw(random, options.Steps, most);
            if (next <= row - done) lengths.Add(next);
            else if (options.DropLast) break;
            else lengths.Add((int)(row - done));
        }
        return [.. lengths];
    }

    private static int Draw(Random random, int steps, int most)
    {
        var mean = random.NextDouble() < ChanceOfHalf ? steps / 2.0 : steps;
        // Box and Muller (1958); 1 - x, as the logarithm of 0 is not a number.
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Math.Clamp((int)(mean + Deviation * normal), Least, most);
    }
}
