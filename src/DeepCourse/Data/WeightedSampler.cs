namespace DeepCourse.Data;

/// <summary>Draws with replacement by the inverse of the cumulative weights.</summary>
internal sealed class WeightedSampler : Sampler
{
    private readonly double[] _cumulative;
    private readonly int _count;

    public WeightedSampler(IReadOnlyList<double> weights, int? count)
    {
        _cumulative = new double[weights.Count];
        var sum = 0.0;
        for (var index = 0; index < weights.Count; index++)
        {
            var weight = weights[index];
            if (!(weight >= 0) || double.IsInfinity(weight))
                throw new ArgumentOutOfRangeException(
                    nameof(weights), weight, $"The weight of item {index} must be a number from 0 up.");
            sum += weight;
            _cumulative[index] = sum;
        }
        if (sum == 0) throw new ArgumentException("At least one weight must be above 0.", nameof(weights));
        _count = count ?? weights.Count;
        ArgumentOutOfRangeException.ThrowIfLessThan(_count, 1, nameof(count));
    }

    public override int CountOf(int itemCount) => _count;

    public override int[] Order(int itemCount, int batchSize, Random random)
    {
        LengthSampler.RequireOnePerItem("weights", _cumulative.Length, itemCount);
        var order = new int[_count];
        for (var position = 0; position < order.Length; position++)
            order[position] = Draw(random.NextDouble() * _cumulative[^1]);
        return order;
    }

    private int Draw(double height)
    {
        // The first item whose cumulative weight lies above the height: an item of weight 0 is never it.
        int low = 0, high = _cumulative.Length - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_cumulative[middle] > height) high = middle;
            else low = middle + 1;
        }
        return low;
    }
}
