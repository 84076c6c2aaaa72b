namespace DeepCourse.Data;

/// <summary>The two sources of batches of a run: one to learn from, one to judge by.</summary>
/// <typeparam name="TX">The inputs of a batch.</typeparam>
/// <typeparam name="TY">The targets of a batch.</typeparam>
/// <param name="train">Batches to learn from.</param>
/// <param name="validation">Batches to judge by.</param>
public sealed class Loaders<TX, TY>(ILoader<TX, TY> train, ILoader<TX, TY> validation) : IDisposable
{
    /// <summary>Batches to learn from.</summary>
    public ILoader<TX, TY> Train { get; } = train;

    /// <summary>Batches to judge by.</summary>
    public ILoader<TX, TY> Validation { get; } = validation;

    /// <summary>Disposes the loaders that hold workers or buffers.</summary>
    public void Dispose()
    {
        (Train as IDisposable)?.Dispose();
        if (!ReferenceEquals(Train, Validation)) (Validation as IDisposable)?.Dispose();
    }
}
