namespace DeepCourse.Data;

/// <summary>Where in a training a loader is asked to begin.</summary>
internal static class BatchPlace
{
    /// <summary>Checks what <see cref="ILoader{TX, TY}.Batches"/> is asked for, at once and not at the first batch.</summary>
    /// <param name="epoch">Which epoch, from 0.</param>
    /// <param name="firstBatch">How many batches are left out.</param>
    /// <param name="count">How many the epoch has.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public static void Require(int epoch, int firstBatch, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(firstBatch);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstBatch, count);
    }
}
