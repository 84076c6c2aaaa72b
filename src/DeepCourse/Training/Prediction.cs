using DeepCourse.Data;
using DeepCourse.Tensors;

namespace DeepCourse.Training;

/// <summary>Predictions for single items as the application knows them.</summary>
public static class Prediction
{
    /// <summary>What the model says about one raw item: a picture, a sentence.</summary>
    /// <typeparam name="TRaw">The item as the application knows it.</typeparam>
    /// <typeparam name="TEncoded">The item as numbers.</typeparam>
    /// <typeparam name="TX">The inputs of a batch.</typeparam>
    /// <typeparam name="TOut">What the model gives.</typeparam>
    /// <typeparam name="TY">The targets of a batch.</typeparam>
    /// <param name="learner">Whose model to ask.</param>
    /// <param name="raw">The item.</param>
    /// <param name="block">Turns it into numbers, as it did for training.</param>
    /// <param name="transform">What the loader did with batches on the device: to floats, normalised.</param>
    /// <returns>The output for a batch of one; its tensors belong to the caller's dispose scope.</returns>
    public static TOut PredictItem<TRaw, TEncoded, TX, TOut, TY>(
        this Learner<TX, TOut, TY> learner, TRaw raw, IBlock<TRaw, TEncoded, TX> block, Func<TX, TX>? transform = null)
    {
        ArgumentNullException.ThrowIfNull(learner);
        ArgumentNullException.ThrowIfNull(block);
        // Encoding for a prediction leaves nothing to chance: the seed is always the same.
        var encoded = block.Encode(raw, new Random(0));
        TX inputs;
        try
        {
            inputs = block.Collate([encoded]);
        }
        finally
        {
            (encoded as IDisposable)?.Dispose();
        }
        var device = learner.Model.parameters().FirstOrDefault()?.device ?? Devices.Cpu;
        var placed = Movable.To(inputs, device);
        return learner.Predict(transform is null ? placed : transform(placed));
    }
}
