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

    public static PictureDraw Of(ReadOnlySpan<int> items, PictureLoaderOptions options, int epoch, int batch)
    {
        var numbers = new long[Rows * items.Length];
        var (mirroring, shift, cutout) = options.Augmentation;
        var random = new Random(Seed.Derive(options.Seed, epoch, batch));
        for (var index = 0; index < items.Length; index++)
        {
            void Set(int row, long value) => numbers[row * (numbers.Length / Rows) + index] = value;

            Set(0, items[index]);
            if (mirroring == Mirroring.Random) Set(Mirrored, random.Next(2));
            if (mirroring == Mirroring.Alternating) Set(Mirrored, (Seed.Derive(options.Seed, items[index], -2) + epoch) & 1);
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
        return new(numbers);
    }
}
