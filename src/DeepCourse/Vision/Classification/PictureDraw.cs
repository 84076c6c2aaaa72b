using DeepCourse.Tensors;

namespace DeepCourse.Vision.Classification;

/// <summary>What chance decides about the pictures of a batch.</summary>
/// <param name="Numbers">[<see cref="Rows"/>, pictures], row by row: which picture, whether it is mirrored, where its
/// content comes from, where its hole is.</param>
internal readonly record struct PictureDraw(long[] Numbers)
{
    public const int Mirrored = 1;
    public const int Down = 2;
    public const int Right = 3;
    public const int HoleDown = 4;
    public const int HoleRight = 5;
    public const int Rows = 6;

    private const int LargestPicture = 1 << 20;

    /// <param name="items">The pictures of this process's batch.</param>
    /// <param name="options">What may happen to them, and which of several processes this is.</param>
    /// <param name="epoch">Which epoch.</param>
    /// <param name="batch">Which batch of it.</param>
    public static PictureDraw Of(ReadOnlySpan<int> items, PictureLoaderOptions options, int epoch, int batch)
    {
        var numbers = new long[Rows * items.Length];
        var (mirroring, shift, cutout) = options.Augmentation;
        var (rank, world) = (options.Shard.Rank, options.Shard.WorldSize);
        var random = new Random(Seed.Derive(options.Seed, epoch, batch));
        // Every process draws for the pictures of all, so that each picture meets what it would meet in one process.
        for (var place = 0; place < items.Length * world; place++)
        {
            var (index, owner) = Math.DivRem(place, world);
            var count = items.Length;
            void Set(int row, long value)
            {
                if (owner == rank) numbers[row * count + index] = value;
            }

            if (mirroring == Mirroring.Random) Set(Mirrored, random.Next(2));
            if (shift > 0)
            {
                Set(Down, random.Next(-shift, shift + 1));
                Set(Right, random.Next(-shift, shift + 1));
            }
            if (cutout > 0)
            {
                Set(HoleDown, random.Next(LargestPicture));
                Set(HoleRight, random.Next(LargestPicture));
            }
        }
        for (var index = 0; index < items.Length; index++)
        {
            numbers[index] = items[index];
            if (mirroring == Mirroring.Alternating) numbers[Mirrored * items.Length + index] = (Seed.Derive(options.Seed, items[index], -2) + epoch) & 1;
        }
        return new(numbers);
    }
}
