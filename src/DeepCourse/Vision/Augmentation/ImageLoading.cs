using DeepCourse.Data;

namespace DeepCourse.Vision.Augmentation;

/// <summary>The last step of a picture data set: from batches of bytes to what a network takes.</summary>
public static class ImageLoading
{
    /// <summary>Normalises the pictures of both loaders, and augments those for training.</summary>
    /// <typeparam name="TY">Targets of a batch.</typeparam>
    /// <param name="data">Loaders that give uint8 pictures, [batch, height, width, 3].</param>
    /// <param name="statistics">What the network wants its inputs normalised with.</param>
    /// <param name="training">What may happen to pictures for training; by default nothing.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="moveTargets">Moves masks, boxes or points with their pictures; by default targets stay.</param>
    /// <returns>Loaders that give float32 pictures, [batch, 3, height, width].</returns>
    public static Loaders<Tensor, TY> ForNetwork<TY>(
        this Loaders<Tensor, TY> data, ImageStatistics statistics, Augmenter? training = null, int seed = 0,
        Func<TY, BatchDraw, TY>? moveTargets = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new(
            new AugmentedLoader<TY>(data.Train, training ?? Augmenter.None, statistics, seed, moveTargets),
            new AugmentedLoader<TY>(data.Validation, Augmenter.None, statistics, seed));
    }
}
