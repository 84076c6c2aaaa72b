namespace DeepCourse.Training;

/// <summary>What happened to the loss while the learning rate grew from batch to batch.</summary>
/// <param name="Rates">The rate of each batch, growing.</param>
/// <param name="Losses">The smoothed loss of each batch; always finite.</param>
public sealed record LearningRateSearch(IReadOnlyList<double> Rates, IReadOnlyList<double> Losses)
{
    /// <summary>The rate in the middle of the longest way down: a good rate for most networks.</summary>
    public double Valley => Rates.Count == 0 ? double.NaN : Part(Rates)[ValleyIndex(Part(Losses))];

    /// <summary>The rate where the loss falls most steeply (over the logarithm of the rate).</summary>
    public double Steepest => Rates.Count < 2 ? double.NaN : Part(Rates)[SteepestIndex(Part(Rates), Part(Losses))];

    /// <summary>A tenth of the rate with the lowest loss.</summary>
    public double MinimumTenth
    {
        get
        {
            if (Rates.Count == 0) return double.NaN;
            var losses = Part(Losses);
            return Part(Rates)[Array.IndexOf(losses, losses.Min())] / 10;
        }
    }

    // The first tenth is noise of the smoothing, the last five are already on the way up.
    private int Skipped => Rates.Count > 20 ? Rates.Count / 10 : 0;

    private double[] Part(IReadOnlyList<double> values) =>
        [.. values.Skip(Skipped).Take(Rates.Count > 20 ? Rates.Count - Skipped - 5 : Rates.Count)];

    // The longest falling subsequence marks the way down; its last point is where it ends.
    private static int ValleyIndex(double[] losses)
    {
        var lengths = new int[losses.Length];
        var end = 0;
        for (var i = 0; i < losses.Length; i++)
        {
            lengths[i] = 1;
            for (var j = 0; j < i; j++)
            {
                if (losses[i] < losses[j]) lengths[i] = Math.Max(lengths[i], lengths[j] + 1);
            }
            if (lengths[i] > lengths[end]) end = i;
        }
        var start = Math.Max(0, end - lengths[end]);
        return start + (end - start) / 2;
    }

    private static int SteepestIndex(double[] rates, double[] losses)
    {
        var (best, slope) = (0, double.PositiveInfinity);
        for (var i = 0; i + 1 < losses.Length; i++)
        {
            var here = (losses[i + 1] - losses[i]) / Math.Log(rates[i + 1] / rates[i]);
            if (here < slope) (best, slope) = (i, here);
        }
        return best;
    }
}
