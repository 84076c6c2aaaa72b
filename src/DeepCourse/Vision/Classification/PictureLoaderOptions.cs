using DeepCourse.Data;

namespace DeepCourse.Vision.Classification;

/// <summary>How a <see cref="PictureLoader"/> makes batches.</summary>
/// <param name="BatchSize">Pictures in a batch, of this process.</param>
public sealed record PictureLoaderOptions(int BatchSize)
{
    /// <summary>Whether every epoch has another order, and a last batch that is not full is left out: for
    /// training.</summary>
    public bool IsTraining { get; init; }

    /// <summary>What happens to pictures.</summary>
    public PictureAugmentation Augmentation { get; init; } = PictureAugmentation.None;

    /// <summary>Decides over order and augmentation, together with the epoch.</summary>
    public int Seed { get; init; }

    /// <summary>Height and width of the pictures of an epoch, from 0; null leaves them as they are. Smaller ones first
    /// make the first epochs cheap.</summary>
    public Func<int, int>? SizeInEpoch { get; init; }

    /// <summary>The part of each batch that this process reads: <see cref="BatchSize"/> pictures of the batch of all
    /// processes together, with the same augmentation as one process would give them.</summary>
    public Shard Shard { get; init; } = Shard.Whole;

    /// <summary>Whether the channels lie next to each other in memory, as oneDNN and tensor cores like it. Shapes are
    /// the same.</summary>
    public bool ChannelsLast { get; init; } = true;
}
