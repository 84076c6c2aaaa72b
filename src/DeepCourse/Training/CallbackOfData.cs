using DeepCourse.Data;

namespace DeepCourse.Training;

/// <summary>A callback that reads or changes batches and outputs, and so knows their types.</summary>
/// <typeparam name="TX">The inputs of a batch.</typeparam>
/// <typeparam name="TOut">What the model gives.</typeparam>
/// <typeparam name="TY">The targets of a batch.</typeparam>
/// <remarks><b>Extending.</b> Replace the argument: <c>batch = batch with { Inputs = noisy }</c>. A learner refuses a
/// callback whose types are not its own.</remarks>
public abstract class Callback<TX, TOut, TY> : Callback
{
    /// <summary>After a batch was read, before the model sees it.</summary>
    /// <param name="run">What is happening.</param>
    /// <param name="batch">The batch; may be replaced.</param>
    protected internal virtual void TransformBatch(Run run, ref Batch<TX, TY> batch)
    {
    }

    /// <summary>After the model, before the loss.</summary>
    /// <param name="run">What is happening.</param>
    /// <param name="output">What the model gave; may be replaced.</param>
    protected internal virtual void TransformOutput(Run run, ref TOut output)
    {
    }
}
