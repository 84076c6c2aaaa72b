namespace DeepCourse.Training;

/// <summary>What the training loop spends its time on.</summary>
public enum RunStage
{
    /// <summary>Waiting for the next batch, and making its tensors.</summary>
    Data,

    /// <summary>The model, from inputs to output.</summary>
    Forward,

    /// <summary>The loss function.</summary>
    Loss,

    /// <summary>The gradients.</summary>
    Backward,

    /// <summary>The optimizer, and letting go of the gradients.</summary>
    Step,

    /// <summary>Callbacks and metrics.</summary>
    Callbacks,

    /// <summary>Freeing the tensors of the batch.</summary>
    Release,
}
