namespace DeepCourse.Data;

/// <summary>How a record is taken apart into two values and put together again.</summary>
/// <typeparam name="TWhole">The record.</typeparam>
/// <typeparam name="TFirst">Its first part.</typeparam>
/// <typeparam name="TSecond">Its second part.</typeparam>
/// <param name="First">Reads the first part.</param>
/// <param name="Second">Reads the second part.</param>
/// <param name="Join">Makes the whole.</param>
public sealed record Parts<TWhole, TFirst, TSecond>(
    Func<TWhole, TFirst> First,
    Func<TWhole, TSecond> Second,
    Func<TFirst, TSecond, TWhole> Join);
