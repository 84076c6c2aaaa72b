namespace DeepCourse.Optimization;

/// <summary>A value over the course of a run: from 0 (the first batch) to 1 (after the last).</summary>
/// <remarks>
/// Schedules are plain functions and compose: <c>Schedule.Linear(0, 1).Then(Schedule.Cosine(1, 0), at: 0.1)</c> is a
/// warm-up over the first tenth and a cosine decay over the rest. They hold no state, so a resumed run needs only its
/// position. <b>Extending.</b> Any function of progress will do: <c>new Schedule(t =&gt; 1 - t * t)</c>.
/// </remarks>
public sealed class Schedule
{
    private readonly Func<double, double> _value;

    /// <summary>Wraps a function of progress.</summary>
    /// <param name="value">Maps progress, 0 to 1, to the value.</param>
    public Schedule(Func<double, double> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <summary>The value at a moment; moments outside 0 to 1 count as the nearest end.</summary>
    /// <param name="progress">How much of the run has passed, 0 to 1.</param>
    public double At(double progress) => _value(Math.Clamp(progress, 0, 1));

    /// <summary>The same value always.</summary>
    /// <param name="value">That value.</param>
    public static Schedule Constant(double value) => new(_ => value);

    /// <summary>A straight line.</summary>
    /// <param name="start">The value at the beginning.</param>
    /// <param name="end">The value at the end.</param>
    public static Schedule Linear(double start, double end) => new(t => start + (end - start) * t);

    /// <summary>Half a wave of the cosine: slow at both ends.</summary>
    /// <param name="start">The value at the beginning.</param>
    /// <param name="end">The value at the end.</param>
    public static Schedule Cosine(double start, double end) =>
        new(t => start + (1 + Math.Cos(Math.PI * (1 - t))) * (end - start) / 2);

    /// <summary>Equal factors in equal times: a straight line on a logarithmic axis.</summary>
    /// <param name="start">The value at the beginning, above 0.</param>
    /// <param name="end">The value at the end, above 0.</param>
    public static Schedule Exponential(double start, double end)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(start);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(end);
        return new(t => start * Math.Pow(end / start, t));
    }

    /// <summary>A power of progress between two values.</summary>
    /// <param name="start">The value at the beginning.</param>
    /// <param name="end">The value at the end.</param>
    /// <param name="power">1 is a straight line; above 1 the change comes late.</param>
    public static Schedule Polynomial(double start, double end, double power)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(power);
        return new(t => start + (end - start) * Math.Pow(t, power));
    }

    /// <summary>Several schedules one after the other, each squeezed into its share of the time.</summary>
    /// <param name="parts">The shares, which add up to 1, and what happens in them.</param>
    public static Schedule Combine(params IReadOnlyList<(double Share, Schedule Schedule)> parts)
    {
        ArgumentOutOfRangeException.ThrowIfZero(parts.Count);
        var total = parts.Sum(part => part.Share);
        if (Math.Abs(total - 1) > 1e-9 || parts.Any(part => part.Share < 0))
            throw new ArgumentException($"the shares must be positive and add up to 1, not to {total}", nameof(parts));
        var copy = parts.ToArray();
        return new(t =>
        {
            var begin = 0.0;
            for (var i = 0; i < copy.Length - 1; i++)
            {
                var share = copy[i].Share;
                if (t < begin + share) return copy[i].Schedule.At((t - begin) / share);
                begin += share;
            }
            var last = copy[^1];
            return last.Schedule.At(last.Share > 0 ? (t - begin) / last.Share : 1);
        });
    }

    /// <summary>This schedule in the first part of the time, another one in the rest.</summary>
    /// <param name="next">What follows.</param>
    /// <param name="at">Where it begins, 0 to 1.</param>
    public Schedule Then(Schedule next, double at) => Combine((at, this), (1 - at, next));

    /// <summary>This schedule times a number.</summary>
    /// <param name="factor">What every value is multiplied by.</param>
    public Schedule Times(double factor) => new(t => factor * At(t));
}
