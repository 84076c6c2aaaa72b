namespace DeepCourse.Training;

/// <summary>When a callback has its turn among those of the same moment; within a band the list's order
/// counts.</summary>
public enum CallbackBand
{
    /// <summary>Precision and place of the numbers: must wrap everything else.</summary>
    Placement,

    /// <summary>What changes batches and outputs.</summary>
    Data,

    /// <summary>What changes losses, gradients and weights.</summary>
    Regularisation,

    /// <summary>What measures.</summary>
    Metrics,

    /// <summary>What sets rates and stops the run, and may read what was measured.</summary>
    Schedule,

    /// <summary>What writes things down: history, checkpoints.</summary>
    Recording,

    /// <summary>What shows things to people.</summary>
    Display,
}
