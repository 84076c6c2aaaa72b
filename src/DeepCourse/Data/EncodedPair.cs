namespace DeepCourse.Data;

/// <summary>Two encoded values that travel together; both give their pooled buffers back.</summary>
/// <typeparam name="TFirst">The first value.</typeparam>
/// <typeparam name="TSecond">The second value.</typeparam>
/// <param name="First">The first value.</param>
/// <param name="Second">The second value.</param>
public sealed record EncodedPair<TFirst, TSecond>(TFirst First, TSecond Second) : IDisposable
{
    /// <summary>Disposes those of the two that are disposable.</summary>
    public void Dispose()
    {
        (First as IDisposable)?.Dispose();
        (Second as IDisposable)?.Dispose();
    }
}
