namespace DeepCourse.Training;

/// <summary>A module whose output depends on the batches before: recurrent state that is carried from call to call, beside
/// parameters and buffers.</summary>
/// <remarks>What such a module does with a batch can't be recorded and repeated with another one; see
/// <see cref="Graphs.GraphedSteps"/>.</remarks>
public interface IStatefulModule
{
    /// <summary>Forgets the batches before.</summary>
    void ResetState();
}
