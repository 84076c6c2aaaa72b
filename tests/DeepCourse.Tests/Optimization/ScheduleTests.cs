using DeepCourse.Optimization;

namespace DeepCourse.Tests.Optimization;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData(0, 2)]
    [InlineData(0.25, 3)]
    [InlineData(1, 6)]
    [InlineData(-1, 2)]
    [InlineData(2, 6)]
    public void Linear_IsAStraightLine_AndClampsProgress(double at, double expected) =>
        Assert.Equal(expected, Schedule.Linear(2, 6).At(at), 1e-12);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 0.85355339059327)]
    [InlineData(0.5, 0.5)]
    [InlineData(1, 0)]
    public void Cosine_IsSlowAtBothEnds(double at, double expected) =>
        Assert.Equal(expected, Schedule.Cosine(1, 0).At(at), 1e-12);

    [Fact]
    public void Exponential_GrowsByEqualFactors() =>
        Assert.Equal(1e-3, Schedule.Exponential(1e-5, 1e-1).At(0.5), 1e-12);

    [Fact]
    public void Polynomial_ChangesLate() => Assert.Equal(1 + 8 * 0.125, Schedule.Polynomial(1, 9, 3).At(0.5), 1e-12);

    [Fact]
    public void Combine_SqueezesEachIntoItsShare()
    {
        var schedule = Schedule.Combine((0.2, Schedule.Linear(0, 1)), (0.3, Schedule.Constant(5)),
            (0.5, Schedule.Linear(10, 20)));
        Assert.Equal([0, 0.5, 5, 5, 10, 15, 20], new[] { 0, 0.1, 0.2, 0.49, 0.5, 0.75, 1 }.Select(schedule.At),
            (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Combine_WithAnEmptyLastPart_EndsThere() =>
        Assert.Equal(7, Schedule.Constant(1).Then(Schedule.Linear(3, 7), at: 1).At(1));

    [Fact]
    public void Combine_OfSharesThatAreNotAWhole_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => Schedule.Combine((0.5, Schedule.Constant(1)),
            (0.6, Schedule.Constant(1))));
        Assert.Contains("1.1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0.04)]
    [InlineData(0.125, 0.52)]
    [InlineData(0.25, 1)]
    [InlineData(0.625, 0.500005)]
    [InlineData(1, 1e-5)]
    public void OneCycleRate_RisesAndFalls(double at, double expected) =>
        Assert.Equal(expected, Schedules.OneCycleRate().At(at), 1e-9);

    [Theory]
    [InlineData(0, 0.95)]
    [InlineData(0.25, 0.85)]
    [InlineData(0.625, 0.9)]
    [InlineData(1, 0.95)]
    public void OneCycleMomentum_Mirrors(double at, double expected) =>
        Assert.Equal(expected, Schedules.OneCycleMomentum().At(at), 1e-9);

    [Theory]
    [InlineData(0.7, 1)]
    [InlineData(0.875, 0.500005)]
    [InlineData(1, 1e-5)]
    public void FlatCosine_StaysThenFalls(double at, double expected) =>
        Assert.Equal(expected, Schedules.FlatCosine().At(at), 1e-9);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1.0 / 14, 0.5)]
    [InlineData(1.0 / 7, 1)]
    [InlineData(2.0 / 7, 0.5)]
    [InlineData(5.0 / 7, 0.5)]
    [InlineData(1, 0)]
    public void CosineRestarts_DoubleTheirLength(double at, double expected) =>
        Assert.Equal(expected, Schedules.CosineRestarts(3).At(at + 1e-13), 1e-9);

    [Theory]
    [InlineData(0, 0.03125)]
    [InlineData(0.1, 1)]
    [InlineData(0.55, 0.515625)]
    [InlineData(1, 0.03125)]
    public void SlantedTriangle_RisesShortAndFallsLong(double at, double expected) =>
        Assert.Equal(expected, Schedules.SlantedTriangle().At(at), 1e-9);

    // Howard and Ruder 2018, eq. 3, step by step: 1,000 steps, of which the first 100 rise.
    [Theory]
    [InlineData(0)]
    [InlineData(37)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(640)]
    [InlineData(999)]
    public void SlantedTriangle_IsThePapersFormula(int step)
    {
        const double Steps = 1000, CutFraction = 0.1, Ratio = 32;
        var cut = Math.Floor(Steps * CutFraction);
        var share = step < cut ? step / cut : 1 - (step - cut) / (cut * (1 / CutFraction - 1));
        Assert.Equal((1 + share * (Ratio - 1)) / Ratio, Schedules.SlantedTriangle().At(step / Steps), 1e-9);
    }

    [Theory]
    [InlineData(0, 0.05, 0.95)]
    [InlineData(0.2, 0.525, 0.9)]
    [InlineData(0.4, 1, 0.85)]
    [InlineData(0.8, 0.05, 0.95)]
    [InlineData(1, 0.0005, 0.95)]
    public void Triangle_GoesUpAndDown_AndThenAlmostToNothing(double at, double rate, double momentum)
    {
        Assert.Equal(rate, Schedules.TriangleRate().At(at), 1e-9);
        Assert.Equal(momentum, Schedules.TriangleMomentum().At(at), 1e-9);
    }
}
