using System.Globalization;

namespace DeepCourse.Reporting;

/// <summary>Numbers as a reader wants them: short, invariant, no exponent unless it helps.</summary>
public static class NumberText
{
    /// <summary>A value with about four significant digits: <c>0.7512</c>, <c>23.41</c>, <c>1,280</c>, <c>3e-4</c>.</summary>
    /// <param name="value">Any number.</param>
    /// <returns>Invariant text; "not a number" and the infinities in words.</returns>
    public static string Of(double value)
    {
        if (double.IsNaN(value)) return "not a number";
        if (double.IsInfinity(value)) return value > 0 ? "infinite" : "minus infinite";
        var size = Math.Abs(value);
        return size switch
        {
            0 => "0",
            < 1e-3 or >= 1e7 => Exponent(value, "0.##e+0"),
            >= 1000 => value.ToString("#,0", CultureInfo.InvariantCulture),
            >= 100 => value.ToString("0.#", CultureInfo.InvariantCulture),
            >= 10 => value.ToString("0.##", CultureInfo.InvariantCulture),
            >= 1 => value.ToString("0.###", CultureInfo.InvariantCulture),
            _ => value.ToString("0.####", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>A value in a given .NET numeric format, in the invariant culture.</summary>
    /// <param name="value">Any number.</param>
    /// <param name="format">A .NET numeric format such as <c>0.000</c> or <c>P1</c>; null means <see cref="Of(double)"/>.</param>
    /// <returns>Invariant text.</returns>
    public static string Of(double value, string? format) =>
        format is null || !double.IsFinite(value) ? Of(value) : value.ToString(format, CultureInfo.InvariantCulture).Replace(" %", "%", StringComparison.Ordinal);

    /// <summary>The label of an axis tick: no more digits than the distance to the next tick needs.</summary>
    /// <param name="value">The tick.</param>
    /// <param name="step">Distance between ticks.</param>
    /// <returns>Invariant text.</returns>
    internal static string Tick(double value, double step)
    {
        if (Math.Abs(value) < step * 1e-9) return "0";
        if (Math.Abs(value) >= 1e6 || step < 1e-4) return Exponent(value, "0.##e+0");
        if (step >= 1000) return (value / 1000).ToString("0.#", CultureInfo.InvariantCulture) + "k";
        var decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 6);
        return value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>The label of a tick on a logarithmic axis.</summary>
    /// <param name="value">The tick.</param>
    /// <returns>Invariant text.</returns>
    internal static string LogTick(double value) => value is >= 0.01 and < 10_000
        ? value.ToString("0.####", CultureInfo.InvariantCulture)
        : Exponent(value, "0.#e+0");

    private static string Exponent(double value, string format) =>
        value.ToString(format, CultureInfo.InvariantCulture).Replace("e+", "e", StringComparison.Ordinal);
}
