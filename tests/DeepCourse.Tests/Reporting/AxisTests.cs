using DeepCourse.Reporting;

namespace DeepCourse.Tests.Reporting;

public sealed class AxisTests
{
    private static string[] Labels(double low, double high, bool log = false, bool rounded = true, int ticks = 5) =>
        [.. new Axis([low, high], 0, 100, log, rounded, ticks).Ticks.Select(t => t.Label)];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1.2, 2)]
    [InlineData(2.1, 5)]
    [InlineData(7, 10)]
    [InlineData(0.03, 0.05)]
    [InlineData(230, 500)]
    public void StepsAreOneTwoOrFiveTimesAPowerOfTen(double wanted, double step) => Assert.Equal(step, Axis.Step(wanted), 12);

    [Fact]
    public void TicksAreRoundNumbersWithEqualDecimals() => Assert.Equal(["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"], Labels(0.01, 0.97).Select(l => l == "0" ? "0.0" : l));

    [Fact]
    public void ThousandsAreShort() => Assert.Equal(["0", "2k", "4k", "6k", "8k", "10k"], Labels(0, 9_900));

    [Fact]
    public void LogarithmicTicksArePowersOfTen() => Assert.Equal(["1e-6", "1e-5", "1e-4", "1e-3", "0.01", "0.1"], Labels(1e-6, 0.1, log: true, rounded: false, ticks: 9));

    [Fact]
    public void EqualValuesStillMakeAnAxis()
    {
        var axis = new Axis([3, 3, 3], 0, 100, logarithmic: false, rounded: true, 5);

        Assert.True(axis.Low < 3 && axis.High > 3);
        Assert.InRange(axis.Pixel(3), 1, 99);
    }

    [Fact]
    public void ValuesThatCanNotBeShownAreIgnored()
    {
        var axis = new Axis([double.NaN, -1, 0, 10, 1000, double.PositiveInfinity], 0, 100, logarithmic: true, rounded: false, 5);

        Assert.Equal(0, axis.Pixel(10), 9);
        Assert.Equal(50, axis.Pixel(100), 9);
        Assert.Equal(100, axis.Pixel(1000), 9);
        Assert.True(double.IsNaN(axis.Pixel(-1)));
    }

    [Fact]
    public void EpochsHaveNoFractions() => Assert.Equal(["1", "2"], Labels(1, 2, rounded: false));

    [Fact]
    public void NoValuesAtAllStillMakeAnAxis() => Assert.NotEmpty(Labels(double.NaN, double.NaN));
}
