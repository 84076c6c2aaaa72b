namespace DeepCourse.Reporting;

/// <summary>Maps values to pixels and knows where ticks go.</summary>
internal sealed class Axis
{
    private readonly double _from, _to, _pixelFrom, _pixelTo;

    /// <summary>An axis over the given values.</summary>
    /// <param name="values">All values that must be visible; others than finite ones (and on a logarithmic axis positive ones) are ignored.</param>
    /// <param name="pixelFrom">Pixel of the low end.</param>
    /// <param name="pixelTo">Pixel of the high end.</param>
    /// <param name="logarithmic">Equal distances for equal ratios.</param>
    /// <param name="rounded">Widens the range to ticks (for value axes).</param>
    /// <param name="maximumTicks">About how many ticks fit.</param>
    public Axis(IReadOnlyList<double> values, double pixelFrom, double pixelTo, bool logarithmic, bool rounded, int maximumTicks)
    {
        Logarithmic = logarithmic;
        (_pixelFrom, _pixelTo) = (pixelFrom, pixelTo);
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (var value in values)
        {
            if (!double.IsFinite(value) || (logarithmic && value <= 0)) continue;
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }
        var whole = !logarithmic && !rounded && low <= high && values.All(value => !double.IsFinite(value) || value == Math.Floor(value));
        if (low > high) (low, high) = logarithmic ? (0.1, 1) : (0, 1);
        if (low == high) (low, high) = logarithmic ? (low / 2, high * 2) : (low - Pad(low), high + Pad(low));

        if (logarithmic)
        {
            (_from, _to) = (Math.Log10(low), Math.Log10(high));
            var margin = rounded ? 0.04 * (_to - _from) : 0;
            (_from, _to) = (_from - margin, _to + margin);
            Ticks = LogTicks(maximumTicks);
        }
        else
        {
            var step = Step((high - low) / Math.Max(1, maximumTicks));
            // There is no epoch 1.5.
            if (whole) step = Math.Max(1, step);
            if (rounded) (low, high) = (Math.Floor((low / step) + 1e-9) * step, Math.Ceiling((high / step) - 1e-9) * step);
            (_from, _to) = (low, high);
            Ticks = LinearTicks(step);
        }
    }

    public bool Logarithmic { get; }

    /// <summary>Ticks from low to high, with their labels.</summary>
    public IReadOnlyList<(double Value, string Label)> Ticks { get; }

    public double Low => Logarithmic ? Math.Pow(10, _from) : _from;

    public double High => Logarithmic ? Math.Pow(10, _to) : _to;

    /// <summary>The pixel of a value; NaN for one that a logarithmic axis can't show.</summary>
    public double Pixel(double value)
    {
        var position = Logarithmic ? (value > 0 ? Math.Log10(value) : double.NaN) : value;
        return _pixelFrom + ((position - _from) / (_to - _from) * (_pixelTo - _pixelFrom));
    }

    public bool Contains(double value) => double.IsFinite(value) && value >= Low * (1 - 1e-12) - 1e-12 && value <= (High * (1 + 1e-12)) + 1e-12;

    /// <summary>The smallest of 1, 2, 5 times a power of ten that is not under <paramref name="wanted"/>.</summary>
    internal static double Step(double wanted)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(wanted)));
        var fraction = wanted / power;
        return power * (fraction <= 1 + 1e-9 ? 1 : fraction <= 2 + 1e-9 ? 2 : fraction <= 5 + 1e-9 ? 5 : 10);
    }

    private static double Pad(double value) => value == 0 ? 1 : Math.Abs(value) * 0.1;

    private List<(double, string)> LinearTicks(double step)
    {
        var ticks = new List<(double, string)>();
        var first = (long)Math.Ceiling((_from / step) - 1e-9);
        var last = (long)Math.Floor((_to / step) + 1e-9);
        for (var i = first; i <= last; i++) ticks.Add((i * step, NumberText.Tick(i * step, step)));
        return ticks;
    }

    private List<(double, string)> LogTicks(int maximumTicks)
    {
        // Up to two decades leave room for 2 and 5 between the powers of ten; many decades need some left out.
        var decades = _to - _from;
        double[] multiples = decades * 3 <= maximumTicks + 1 ? [1, 2, 5] : [1];
        var stride = Math.Max(1, (int)Math.Ceiling(decades / Math.Max(1, maximumTicks)));
        var ticks = new List<(double, string)>();
        for (var decade = (int)Math.Floor(_from); decade <= Math.Ceiling(_to); decade++)
        {
            if (decade % stride != 0) continue;
            foreach (var multiple in multiples)
            {
                var value = multiple * Math.Pow(10, decade);
                var position = Math.Log10(value);
                if (position >= _from - 1e-9 && position <= _to + 1e-9) ticks.Add((value, NumberText.LogTick(value)));
            }
        }
        return ticks;
    }
}
