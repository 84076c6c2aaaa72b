using DeepCourse.Data;

namespace DeepCourse.Vision.Transforms;

/// <summary>Sizes of pictures by epoch: small ones first, which are quick, and large ones for the end.</summary>
/// <remarks>Howard's team trained ImageNet so for DAWNBench (fast.ai 2018): layers that pool globally take any size, so the
/// training goes on with the same network and optimizer. Epochs are counted from 0 over all fits of a learner.</remarks>
public sealed class ProgressiveSizes
{
    private readonly (int FirstEpoch, int Side)[] _stages;

    private ProgressiveSizes((int FirstEpoch, int Side)[] stages)
    {
        StagedLoaders.RequireRising([.. stages.Select(stage => stage.FirstEpoch)]);
        foreach (var (_, side) in stages) ArgumentOutOfRangeException.ThrowIfLessThan(side, 1, nameof(stages));
        _stages = stages;
    }

    /// <summary>The sizes, each with the epoch from which on it holds.</summary>
    public IReadOnlyList<(int FirstEpoch, int Side)> Stages => _stages;

    /// <summary>Sizes for ranges of epochs.</summary>
    /// <param name="stages">From which epoch on pictures have which side, in pixels; rising epochs, the first 0.</param>
    /// <returns>The sizes.</returns>
    /// <exception cref="ArgumentException">The first epochs don't rise from 0, or a side is not positive.</exception>
    public static ProgressiveSizes Of(params (int FirstEpoch, int Side)[] stages) => new([.. stages]);

    /// <summary>Sides that rise evenly from the first epoch on and stay at the largest for the last ones.</summary>
    /// <param name="least">Side of the first epoch in pixels.</param>
    /// <param name="most">Side of the last epochs in pixels.</param>
    /// <param name="epochs">Epochs of the training.</param>
    /// <param name="hold">The share of the epochs at the end that have the largest side.</param>
    /// <param name="multiple">Sides between are multiples of this many pixels.</param>
    /// <returns>The sizes.</returns>
    public static ProgressiveSizes Rising(int least, int most, int epochs, double hold = 0.25, int multiple = 32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(least, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, least);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(multiple, 1);
        if (!(hold is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(hold), hold, "Must lie between 0 and 1.");
        var rise = Math.Max(1, (int)Math.Round(epochs * (1 - hold)));
        List<(int FirstEpoch, int Side)> stages = [(0, least)];
        for (var epoch = 1; epoch < epochs; epoch++)
        {
            var share = Math.Min(1, (double)epoch / rise);
            var side = epoch >= rise ? most : (int)(least + ((most - least) * share)) / multiple * multiple;
            if (side > stages[^1].Side) stages.Add((epoch, side));
        }
        return new([.. stages]);
    }

    /// <summary>The side of the pictures of an epoch, in pixels.</summary>
    /// <param name="epoch">From 0.</param>
    public int At(int epoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        return _stages.Last(stage => stage.FirstEpoch <= epoch).Side;
    }

    /// <summary>Data that are read and resized anew for each size; a larger size may have smaller batches.</summary>
    /// <typeparam name="TX">The inputs of a batch.</typeparam>
    /// <typeparam name="TY">The targets of a batch.</typeparam>
    /// <param name="load">Makes the loaders for pictures of a side.</param>
    /// <returns>All of them as one; see <see cref="StagedLoaders.Of"/>.</returns>
    public Loaders<TX, TY> Load<TX, TY>(Func<int, Loaders<TX, TY>> load)
    {
        ArgumentNullException.ThrowIfNull(load);
        return StagedLoaders.Of([.. _stages.Select(stage => (stage.FirstEpoch, load(stage.Side)))]);
    }

    /// <summary>Data whose batches are there already, on the device perhaps, and are shrunk there.</summary>
    /// <typeparam name="TY">The targets of a batch; in shares of the sides where they speak of places.</typeparam>
    /// <param name="source">Gives float pictures, [batch, channels, height, width].</param>
    /// <returns>Gives square pictures of the epoch's side; batches that have it already pass through.</returns>
    public ILoader<Tensor, TY> Shrink<TY>(ILoader<Tensor, TY> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new ShrinkingLoader<TY>(source, this);
    }
}
