namespace DeepCourse.Training.Ablation;

/// <summary>Several tests at once (Holm 1979): the chance that any of them errs stays at the level of one.</summary>
internal static class Holm
{
    /// <summary>Corrects p-values: the smallest counts as often as there are tests, the next once less, and none becomes
    /// smaller than one before it.</summary>
    /// <param name="values">The p-values; those that are not a number are left out and stay so.</param>
    /// <returns>The corrected ones, at most 1, in the same places.</returns>
    public static double[] Adjust(IReadOnlyList<double> values)
    {
        var adjusted = values.ToArray();
        int[] order = [.. Enumerable.Range(0, values.Count).Where(i => !double.IsNaN(values[i])).OrderBy(i => values[i])];
        var largest = 0.0;
        for (var rank = 0; rank < order.Length; rank++)
        {
            largest = Math.Max(largest, Math.Min(1, (order.Length - rank) * values[order[rank]]));
            adjusted[order[rank]] = largest;
        }
        return adjusted;
    }
}
