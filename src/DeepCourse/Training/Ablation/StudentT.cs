namespace DeepCourse.Training.Ablation;

/// <summary>Student's distribution: how far a mean of few numbers lies from the truth by chance.</summary>
internal static class StudentT
{
    // Lanczos' approximation of the gamma function with g = 7 (Lanczos 1964), good to fifteen digits.
    private const double LanczosG = 7;

    private static readonly double[] lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>The probability of a value at least this far from 0, to either side.</summary>
    /// <param name="t">The value.</param>
    /// <param name="degrees">Degrees of freedom, above 0.</param>
    public static double TwoSided(double t, double degrees) =>
        double.IsNaN(t) ? double.NaN
        : double.IsInfinity(t) ? 0
        : IncompleteBeta(degrees / (degrees + (t * t)), degrees / 2, 0.5);

    /// <summary>The value that lies above a share of the distribution.</summary>
    /// <param name="probability">The share, between 0 and 1.</param>
    /// <param name="degrees">Degrees of freedom, above 0.</param>
    public static double Quantile(double probability, double degrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(probability, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(degrees, 0);
        if (probability < 0.5) return -Quantile(1 - probability, degrees);
        var outside = 2 * (1 - probability);
        double low = 0, high = 1;
        while (TwoSided(high, degrees) > outside) (low, high) = (high, 2 * high);
        // Halving needs no care for the shape of the distribution, and is done when no number lies between.
        while (true)
        {
            var middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high) return middle;
            if (TwoSided(middle, degrees) > outside) low = middle;
            else high = middle;
        }
    }

    /// <summary>The regularised incomplete beta function I_x(a, b).</summary>
    internal static double IncompleteBeta(double x, double a, double b)
    {
        if (x <= 0) return 0;
        if (x >= 1) return 1;
        // The fraction converges quickly on this side of the mean only; the function's symmetry gives the other.
        if (x > (a + 1) / (a + b + 2)) return 1 - IncompleteBeta(1 - x, b, a);
        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + (a * Math.Log(x)) + (b * Math.Log(1 - x))) / a;
        return front * Fraction(x, a, b);
    }

    // The continued fraction 1 / (1 + d1 / (1 + d2 / ...)) (Abramowitz and Stegun 26.5.8) by Lentz's method as
    // Thompson and Barnett (1986) changed it: each step multiplies by the quotient of two neighbours.
    private static double Fraction(double x, double a, double b)
    {
        const double tiny = 1e-300;
        double c = 1 / tiny, d = 1, value = 1;
        for (var step = 1; step < 10_000; step++)
        {
            var m = step / 2;
            var numerator = step % 2 == 0 ? m * (b - m) : -(a + m) * (a + b + m);
            var coefficient = numerator * x / ((a + step - 1) * (a + step));
            d = AwayFromZero(1 + (coefficient * d));
            d = 1 / d;
            c = AwayFromZero(1 + (coefficient / c));
            value *= c * d;
            if (Math.Abs((c * d) - 1) < 1e-15) break;
        }
        return value;

        static double AwayFromZero(double number) => Math.Abs(number) < tiny ? tiny : number;
    }

    private static double LogGamma(double x)
    {
        // All arguments here are at least 0.5.
        x -= 1;
        var sum = lanczos[0];
        for (var i = 1; i < lanczos.Length; i++) sum += lanczos[i] / (x + i);
        var t = x + LanczosG + 0.5;
        return (0.5 * Math.Log(2 * Math.PI)) + ((x + 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }
}
