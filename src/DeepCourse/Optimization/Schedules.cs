namespace DeepCourse.Optimization;

/// <summary>The schedules of the course. Those of rates are factors: the highest rate is 1.</summary>
public static class Schedules
{
    /// <summary>The rate of one cycle: up to 1 and down to almost nothing, both legs cosines.</summary>
    /// <param name="warmUp">The share of the time that the rate rises in.</param>
    /// <param name="startDivisor">The cycle starts at 1 divided by this.</param>
    /// <param name="endDivisor">The cycle ends at 1 divided by this.</param>
    /// <remarks>Smith and Topin 2017 (arXiv 1708.07120); the legs are fastai's cosines instead of straight
    /// lines.</remarks>
    public static Schedule OneCycleRate(double warmUp = 0.25, double startDivisor = 25, double endDivisor = 1e5) =>
        Schedule.Cosine(1 / startDivisor, 1).Then(Schedule.Cosine(1, 1 / endDivisor), at: warmUp);

    /// <summary>The momentum that goes with <see cref="OneCycleRate"/>: low where the rate is high.</summary>
    /// <param name="warmUp">The share of the time that the rate rises in.</param>
    /// <param name="high">Momentum at both ends.</param>
    /// <param name="low">Momentum at the highest rate.</param>
    public static Schedule OneCycleMomentum(double warmUp = 0.25, double high = 0.95, double low = 0.85) =>
        Schedule.Cosine(high, low).Then(Schedule.Cosine(low, high), at: warmUp);

    /// <summary>A constant rate, then a cosine down to almost nothing.</summary>
    /// <param name="flat">The share of the time with the constant rate.</param>
    /// <param name="endDivisor">The end is 1 divided by this.</param>
    public static Schedule FlatCosine(double flat = 0.75, double endDivisor = 1e5) =>
        Schedule.Constant(1).Then(Schedule.Cosine(1, 1 / endDivisor), at: flat);

    /// <summary>Cosine decays to 0, each starting again at 1: warm restarts.</summary>
    /// <param name="cycles">How many decays.</param>
    /// <param name="lengthFactor">Each cycle is this many times as long as the one before.</param>
    /// <remarks>Loshchilov and Hutter 2017 (arXiv 1608.03983).</remarks>
    public static Schedule CosineRestarts(int cycles, int lengthFactor = 2)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cycles);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lengthFactor);
        var lengths = Enumerable.Range(0, cycles).Select(cycle => Math.Pow(lengthFactor, cycle)).ToArray();
        var total = lengths.Sum();
        return Schedule.Combine([.. lengths.Select(length => (length / total, Schedule.Cosine(1, 0)))]);
    }

    /// <summary>A short straight rise and a long straight fall.</summary>
    /// <param name="rise">The share of the time that the rate rises in.</param>
    /// <param name="ratio">Both ends are 1 divided by this.</param>
    /// <remarks>Howard and Ruder 2018 (arXiv 1801.06146), eq. 3; also <c>use_clr</c> of the 2018 course.</remarks>
    public static Schedule SlantedTriangle(double rise = 0.1, double ratio = 32) =>
        Schedule.Linear(1 / ratio, 1).Then(Schedule.Linear(1, 1 / ratio), at: rise);

    /// <summary>The rate of one cycle with straight legs and a long tail: up to 1, down by the same way, and in the tail
    /// down to almost nothing. With 40 and 0.125 to 0.2 it is the schedule of the course's DAWNBench runs.</summary>
    /// <param name="startDivisor">The legs begin and end at 1 divided by this.</param>
    /// <param name="tail">The share of the time after both legs.</param>
    /// <param name="tailDivisor">In the tail the rate falls by this factor once more.</param>
    /// <remarks>Smith and Topin 2017 (arXiv 1708.07120), figure 1; <c>use_clr_beta</c> of the 2018 course.</remarks>
    public static Schedule TriangleRate(double startDivisor = 20, double tail = 0.2, double tailDivisor = 100)
    {
        var (leg, start) = ((1 - tail) / 2, 1 / startDivisor);
        return Schedule.Combine(
            (leg, Schedule.Linear(start, 1)), (leg, Schedule.Linear(1, start)), (tail, Schedule.Linear(start, start / tailDivisor)));
    }

    /// <summary>The momentum that goes with <see cref="TriangleRate"/>: low where the rate is high.</summary>
    /// <param name="tail">The share of the time after both legs.</param>
    /// <param name="high">Momentum at both ends and in the tail.</param>
    /// <param name="low">Momentum at the highest rate.</param>
    public static Schedule TriangleMomentum(double tail = 0.2, double high = 0.95, double low = 0.85)
    {
        var leg = (1 - tail) / 2;
        return Schedule.Combine((leg, Schedule.Linear(high, low)), (leg, Schedule.Linear(low, high)), (tail, Schedule.Constant(high)));
    }
}
