namespace DeepCourse.Data;

/// <summary>The longest item first; items of equal length keep the order of the data set.</summary>
internal sealed class LengthSampler(IReadOnlyList<int> lengths) : Sampler
{
    public override int[] Order(int itemCount, int batchSize, Random random)
    {
        RequireOnePerItem("lengths", lengths.Count, itemCount);
        return [.. Enumerable.Range(0, itemCount).OrderByDescending(index => lengths[index])];
    }

    internal static void RequireOnePerItem(string what, int given, int itemCount)
    {
        if (given != itemCount)
            throw new ArgumentException($"The sampler was given {given} {what} for a data set of {itemCount} items.");
    }
}
