namespace DeepCourse.Training;

/// <summary>What a stop request leaves: the widest one wins.</summary>
internal enum RunScope
{
    None,
    Batch,
    Phase,
    Epoch,
    Fit,
}
