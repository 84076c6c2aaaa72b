using System.Text.Json;
using DeepCourse.Training.Ablation;

namespace DeepCourse.Tests.Training.Ablation;

/// <summary>The statistics of a study, against scipy's.</summary>
public sealed class ComparisonTests
{
    private static readonly JsonElement reference = JsonDocument.Parse(File.ReadAllText(ReferenceFiles.PathOf("ablation.json"))).RootElement;

    [Fact]
    public void Quantiles_AreThoseOfScipy() => Assert.All(Triples("quantiles"), each =>
        Assert.Equal(1, StudentT.Quantile(each.First, each.Second) / each.Third, 1e-8));

    [Fact]
    public void Tails_AreThoseOfScipy() => Assert.All(Triples("tails"), each =>
        Assert.Equal(1, StudentT.TwoSided(each.First, each.Second) / each.Third, 1e-9));

    // The printed table that every textbook has.
    [Theory]
    [InlineData(0.975, 1, 12.706)]
    [InlineData(0.975, 2, 4.303)]
    [InlineData(0.975, 4, 2.776)]
    [InlineData(0.975, 9, 2.262)]
    [InlineData(0.95, 29, 1.699)]
    [InlineData(0.995, 120, 2.617)]
    public void Quantiles_AreThoseOfTheTable(double probability, int degrees, double expected) =>
        Assert.Equal(expected, StudentT.Quantile(probability, degrees), 5e-4);

    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 3)]
    [InlineData(0.5, 0)]
    public void Quantile_OfNothing_IsRefused(double probability, double degrees) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Quantile(probability, degrees));

    [Fact]
    public void Comparisons_AreThoseOfScipy()
    {
        var expected = reference.GetProperty("comparisons").EnumerateArray().ToArray();
        double[] adjusted = Numbers(reference.GetProperty("adjusted"));
        var comparisons = Compare(Numbers(reference.GetProperty("base")), [.. expected.Select(each => Numbers(each.GetProperty("values")))]);
        for (var i = 0; i < expected.Length; i++)
        {
            double Expected(string name) => expected[i].GetProperty(name).GetDouble();
            Assert.Equal(Expected("mean"), comparisons[i].Mean, 1e-12);
            Assert.Equal(Expected("sd"), comparisons[i].StandardDeviation, 1e-12);
            Assert.Equal(Expected("low"), comparisons[i].Low, 1e-10);
            Assert.Equal(Expected("high"), comparisons[i].High, 1e-10);
            Assert.Equal(Expected("p"), comparisons[i].PValue, 1e-10);
            Assert.Equal(adjusted[i], comparisons[i].AdjustedPValue, 1e-9);
            Assert.Equal(
                adjusted[i] >= 0.05 ? Verdict.Noise : Expected("mean") > 0 ? Verdict.Better : Verdict.Worse, comparisons[i].Verdict);
        }
        Assert.Contains(comparisons, comparison => comparison.Verdict == Verdict.Noise);
        Assert.Contains(comparisons, comparison => comparison.Verdict == Verdict.Worse);
    }

    // The library takes one quantile for another; the exact figure needs the noncentral distribution.
    [Fact]
    public void SeedsNeeded_AreCloseToTheExactNumber() => Assert.All(Triples("needed"), each =>
    {
        // Two differences with this quotient of mean and spread: 1 ± d has the standard deviation d * sqrt(2).
        var half = 1 / (each.First * Math.Sqrt(2));
        double[] differences = [1 - half, 1 + half];
        var comparison = Compare(new double[2], [differences], 1 - each.Second)[0];
        Assert.InRange(comparison.SeedsNeeded!.Value, each.Third - 2, each.Third + 2);
    });

    [Fact]
    public void MoreComparisons_NeedMoreSeeds()
    {
        double[] differences = [0.01, 0.03, 0.02];
        var alone = Compare(new double[3], [differences])[0];
        var amongFive = Compare(new double[3], [differences, differences, differences, differences, differences])[0];

        Assert.True(amongFive.SeedsNeeded > alone.SeedsNeeded);
        Assert.Equal(5 * alone.AdjustedPValue, amongFive.AdjustedPValue, 1e-12);
        Assert.Equal(alone.PValue, amongFive.PValue);
    }

    [Fact]
    public void LowerMayBeBetter() =>
        Assert.Equal(Verdict.Better, Compare([5, 6, 7], [[4.01, 5, 5.99]], higherIsBetter: false)[0].Verdict);

    [Fact]
    public void NoDifferenceAtAll_IsNoise()
    {
        var comparison = Compare([1, 2, 3], [[1, 2, 3]])[0];
        Assert.Equal((1, Verdict.Noise, 0.0), (comparison.PValue, comparison.Verdict, comparison.Margin));
        Assert.Null(comparison.SeedsNeeded);
    }

    [Fact]
    public void TheSameDifferenceEverywhere_IsNone() =>
        Assert.Equal(Verdict.Better, Compare([1, 2, 3], [[2, 3, 4]])[0].Verdict);

    [Fact]
    public void OneSeed_SaysNothing()
    {
        var comparison = Compare([1], [[2]])[0];
        Assert.Equal(Verdict.Open, comparison.Verdict);
        Assert.True(double.IsNaN(comparison.Low));
        Assert.Null(comparison.SeedsNeeded);
    }

    [Fact]
    public void Holm_LeavesOutWhatHasNoValue() =>
        Assert.Equal([0.03, double.NaN, 0.06, 0.06], Holm.Adjust([0.01, double.NaN, 0.04, 0.03]).Select(value => Math.Round(value, 12)));

    // The calls share seed numbers, not lengths: a seed that only one of them has is no pair.
    [Fact]
    public void SeedsThatOneOfBothLacks_AreLeftOut()
    {
        var comparison = Compare([1, 2, 3, 4], [[2, 3]])[0];
        Assert.Equal([0, 1], comparison.Seeds);
        Assert.Equal([1.0, 1.0], comparison.Differences);
    }

    private static IReadOnlyList<Comparison> Compare(double[] against, double[][] trials, double confidence = 0.95, bool higherIsBetter = true)
    {
        var lines = new List<AblationLine>();
        void Add(string trial, double[] values) => lines.AddRange(values.Select((value, seed) =>
            new AblationLine(trial, seed, new Dictionary<string, double> { ["m"] = value }, 0)));
        Add("base", against);
        for (var i = 0; i < trials.Length; i++) Add($"{i}", trials[i]);
        (string, string?)[] names = [("base", null), .. trials.Select((_, i) => ($"{i}", (string?)"base"))];
        return new AblationResults("test", names, [new("m") { HigherIsBetter = higherIsBetter }], lines).Compare("m", confidence);
    }

    private static IEnumerable<(double First, double Second, double Third)> Triples(string name) =>
        reference.GetProperty(name).EnumerateArray().Select(Numbers).Select(numbers => (numbers[0], numbers[1], numbers[2]));

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetDouble())];
}
