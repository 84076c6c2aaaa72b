namespace DeepCourse.Text.Models;

/// <summary>Holds the state that a network carries from batch to batch.</summary>
internal sealed class StateSlot
{
    /// <summary>The state; null at the beginning of texts.</summary>
    public RecurrentState? Current { get; private set; }

    /// <summary>The state, if it belongs to batches like this one.</summary>
    public RecurrentState? Fitting(Tensor embedded) => Current?.Fits(embedded) == true ? Current : null;

    /// <summary>Takes the state out; it becomes the caller's.</summary>
    public RecurrentState? Take()
    {
        var taken = Current;
        Current = null;
        return taken;
    }

    /// <summary>Puts a state in, freeing the one before.</summary>
    public void Put(RecurrentState? state)
    {
        if (!ReferenceEquals(state, Current)) Current?.Dispose();
        Current = state;
    }
}
