namespace DeepCourse.Training.Callbacks;

/// <summary>Draws numbers between 0 and 1, mostly near both ends where the parameter is small.</summary>
internal static class BetaDistribution
{
    /// <summary>Draws from Beta(alpha, alpha), as the quotient of two draws from Gamma(alpha).</summary>
    public static double Draw(Random random, double alpha)
    {
        var (one, other) = (Gamma(random, alpha), Gamma(random, alpha));
        return one + other > 0 ? one / (one + other) : random.NextDouble() < 0.5 ? 0 : 1;
    }

    // Marsaglia and Tsang 2000; for shapes below 1 through Gamma(shape + 1) times U^(1 / shape).
    private static double Gamma(Random random, double shape)
    {
        if (shape < 1) return Gamma(random, shape + 1) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        var d = shape - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            var normal = radius * Math.Cos(2 * Math.PI * random.NextDouble());
            var cube = Math.Pow(1 + c * normal, 3);
            if (cube <= 0) continue;
            var limit = normal * normal / 2 + d - d * cube + d * Math.Log(cube);
            if (Math.Log(1 - random.NextDouble()) < limit) return d * cube;
        }
    }
}
