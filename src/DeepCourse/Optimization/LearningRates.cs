namespace DeepCourse.Optimization;

/// <summary>One learning rate for the whole network, or rates that grow from its first layers to its last.</summary>
/// <remarks>A number converts by itself: <c>learner.FitOneCycle(5, 1e-3)</c>.</remarks>
public readonly record struct LearningRates
{
    private readonly double _earlier;
    private readonly double _factor;

    private LearningRates(double earlier, double last, bool spread, double factor = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(earlier);
        ArgumentOutOfRangeException.ThrowIfNegative(last);
        (_earlier, Highest, IsSpread, _factor) = (earlier, last, spread, factor);
    }

    /// <summary>The rate of the last group of layers.</summary>
    public double Highest { get; }

    /// <summary>Whether the rates of the groups in between are spread evenly on a logarithmic axis.</summary>
    public bool IsSpread { get; }

    /// <summary>The same rate for all layers.</summary>
    /// <param name="rate">The learning rate.</param>
    public static LearningRates Same(double rate) => new(rate, rate, spread: false);

    /// <summary>Discriminative rates: equal factors from group to group (Howard and Ruder 2018, section 3.2).</summary>
    /// <param name="first">The rate of the first group, above 0.</param>
    /// <param name="last">The rate of the last group, above 0.</param>
    public static LearningRates Between(double first, double last)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(first);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(last);
        return new(first, last, spread: true);
    }

    /// <summary>Discriminative rates: each group's rate is that of the next group divided by a number (Howard and Ruder
    /// 2018, section 3.2), however many groups there are.</summary>
    /// <param name="last">The rate of the last group, above 0.</param>
    /// <param name="factor">What lies between two groups, at least 1; the paper's is 2.6.</param>
    public static LearningRates ByFactor(double last, double factor = 2.6)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(last);
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        return new(last, last, spread: true, factor);
    }

    /// <summary>One rate for the last group, a tenth of it for all groups before.</summary>
    /// <param name="last">The rate of the last group.</param>
    public static LearningRates LastGroup(double last) => new(last / 10, last, spread: false);

    /// <summary>The same rate for all layers.</summary>
    /// <param name="rate">The learning rate.</param>
    public static implicit operator LearningRates(double rate) => Same(rate);

    /// <summary>The same rate for all layers.</summary>
    /// <param name="rate">The learning rate.</param>
    public static LearningRates FromDouble(double rate) => Same(rate);

    /// <summary>All rates times a number.</summary>
    /// <param name="factor">What they are multiplied by.</param>
    public LearningRates Times(double factor) => new(_earlier * factor, Highest * factor, IsSpread, _factor);

    /// <summary>The rate of each group, first layers first.</summary>
    /// <param name="groupCount">How many groups there are.</param>
    public double[] For(int groupCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groupCount);
        var rates = new double[groupCount];
        for (var i = 0; i < groupCount; i++)
        {
            rates[i] = _factor > 0 ? Highest / Math.Pow(_factor, groupCount - 1 - i)
                : IsSpread && groupCount > 1
                ? _earlier * Math.Pow(Highest / _earlier, i / (groupCount - 1.0))
                : i == groupCount - 1 ? Highest : _earlier;
        }
        rates[^1] = Highest;
        return rates;
    }
}
