using DeepCourse.Data;
using DeepCourse.Vision.Detection;

namespace DeepCourse.Vision.Augmentation;

/// <summary>Draws for whole batches: what each augmentation does to each picture, composed.</summary>
/// <remarks>Geometric maps are composed in the order of the list, and so are colour maps; geometry comes before colour,
/// and cut-outs come last.</remarks>
/// <param name="augmentations">What may happen to a picture.</param>
public sealed class Augmenter(params IEnumerable<Augmentation> augmentations)
{
    private readonly Augmentation[] _augmentations = [.. augmentations];

    /// <summary>Changes nothing.</summary>
    public static Augmenter None { get; } = new();

    /// <summary>A good start for photographs: mirror, turn by 10 degrees, enlarge by a tenth, tilt, light and
    /// contrast.</summary>
    /// <returns>The augmenter.</returns>
    public static Augmenter Photographs() => new(
        new Flip(), Rotate.UpTo(10), Zoom.UpTo(1.1), Warp.UpTo(0.1), Lighting.UpTo(0.2), Contrast.UpTo(0.2));

    /// <summary>The generator for one batch: the same for the same three numbers, and unrelated for others.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="epoch">Epoch, from 0.</param>
    /// <param name="batch">Batch of the epoch, from 0.</param>
    /// <returns>A generator.</returns>
    public static Random RandomFor(int seed, int epoch, int batch)
    {
        // FNV-1a over the numbers' bytes spreads neighbours apart.
        var hash = 14695981039346656037UL;
        foreach (var number in (ReadOnlySpan<int>)[seed, epoch, batch])
            for (var shift = 0; shift < 32; shift += 8)
                hash = (hash ^ (byte)(number >> shift)) * 1099511628211UL;
        return new Random((int)((hash ^ (hash >> 32)) & int.MaxValue));
    }

    /// <summary>Draws once for each picture of a batch.</summary>
    /// <param name="count">Pictures in the batch.</param>
    /// <param name="aspectRatio">Width over height of the pictures.</param>
    /// <param name="random">The only source of chance.</param>
    /// <returns>The draw, to be applied to pictures and all that belongs to them.</returns>
    public BatchDraw Draw(int count, double aspectRatio, Random random) =>
        Draw(count, aspectRatio, random, Shard.Whole);

    /// <summary>Draws for one process's part of a batch: all of them draw for the whole batch, and each keeps its own.
    /// </summary>
    internal BatchDraw Draw(int count, double aspectRatio, Random random, Shard shard)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(random);
        var maps = new Homography[count];
        var colours = new ColourMap[count];
        var holes = new UnitBox[count][];
        for (var place = 0; place < count * shard.WorldSize; place++)
        {
            var (map, colour, cut) = Draw(aspectRatio, random);
            if (place % shard.WorldSize != shard.Rank) continue;
            var item = place / shard.WorldSize;
            (maps[item], colours[item], holes[item]) = (map, colour, cut);
        }
        return new BatchDraw(maps, colours, holes);
    }

    private (Homography Map, ColourMap Colour, UnitBox[] Holes) Draw(double aspectRatio, Random random)
    {
        var (map, colours) = (Homography.Identity, ColourMap.Identity);
        List<UnitBox> holes = [];
        foreach (var augmentation in _augmentations)
        {
            if (random.NextDouble() >= augmentation.Probability) continue;
            switch (augmentation)
            {
                case GeometricAugmentation geometric:
                    map = map.Then(geometric.Draw(random, aspectRatio));
                    break;
                case ColourAugmentation colour:
                    colours = colours.Then(colour.Draw(random));
                    break;
                case Cutout cutout:
                    holes.Add(cutout.Draw(random));
                    break;
            }
        }
        return (map, colours, [.. holes]);
    }
}
