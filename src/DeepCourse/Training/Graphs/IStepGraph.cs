namespace DeepCourse.Training.Graphs;

/// <summary>Work that can be recorded once and repeated as a whole.</summary>
internal interface IStepGraph : IDisposable
{
    /// <summary>Does something a few times as often as it takes to settle, where recording will happen.</summary>
    void WarmUp(Action work);

    /// <summary>Records what something sends to the device; whether it is done too is the device's affair.</summary>
    void Record(Action work);

    /// <summary>Does what was recorded, on the memory that the recording saw.</summary>
    void Replay();
}
