using DeepCourse.Optimization;

namespace DeepCourse.Tests.Optimization;

public sealed class LearningRatesTests
{
    [Fact]
    public void ANumber_IsTheRateOfAllGroups()
    {
        LearningRates rates = 1e-3;
        Assert.Equal([1e-3, 1e-3, 1e-3], rates.For(3));
    }

    [Fact]
    public void Between_SpreadsByEqualFactors() =>
        Assert.Equal([1e-5, 1e-4, 1e-3], LearningRates.Between(1e-5, 1e-3).For(3),
            (a, b) => Math.Abs(a / b - 1) < 1e-9);

    [Fact]
    public void Between_OfOneGroup_IsTheLastRate() => Assert.Equal([1e-3], LearningRates.Between(1e-5, 1e-3).For(1));

    [Fact]
    public void LastGroup_GivesTheOthersATenth() =>
        Assert.Equal([1e-3, 1e-3, 1e-2], LearningRates.LastGroup(1e-2).For(3));

    [Fact]
    public void Times_ScalesAll() => Assert.Equal([5e-4, 5e-3], LearningRates.LastGroup(1e-2).Times(0.5).For(2));

    [Fact]
    public void ByFactor_DividesFromGroupToGroup() =>
        Assert.Equal([0.01 / 6.76, 0.01 / 2.6, 0.01], LearningRates.ByFactor(0.01).For(3),
            (a, b) => Math.Abs(a / b - 1) < 1e-12);

    [Fact]
    public void ByFactor_OfFiveGroups_IsBetweenAFactorToTheFourthAndOne() =>
        Assert.Equal(LearningRates.Between(0.1 / Math.Pow(2.6, 4), 0.1).For(5), LearningRates.ByFactor(0.1).For(5),
            (a, b) => Math.Abs(a / b - 1) < 1e-12);

    [Fact]
    public void Times_KeepsTheFactor() =>
        Assert.Equal([0.1, 0.2], LearningRates.ByFactor(0.4, factor: 2).Times(0.5).For(2), (a, b) => Math.Abs(a / b - 1) < 1e-12);

    [Fact]
    public void NegativeRates_AreRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => LearningRates.Same(-1));
}
