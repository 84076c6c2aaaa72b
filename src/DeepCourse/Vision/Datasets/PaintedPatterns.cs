using DeepCourse.Tensors;

namespace DeepCourse.Vision.Datasets;

/// <summary>Ten kinds of simple coloured patterns, painted: for tests and for lessons that must run anywhere in
/// seconds.</summary>
/// <remarks>Colours are random and tell nothing; place, size and noise vary. Follows from the seed alone.</remarks>
public static class PaintedPatterns
{
    private const int Noise = 24;

    // How much of the foreground a pixel is, from its place in the pattern's own coordinates, -1 to 1.
    private static readonly (string Name, Func<double, double, bool> Covers)[] patterns =
    [
        ("disc", (x, y) => x * x + y * y < 0.7),
        ("ring", (x, y) => x * x + y * y is < 0.9 and > 0.4),
        ("square", (x, y) => Math.Max(Math.Abs(x), Math.Abs(y)) < 0.75),
        ("frame", (x, y) => Math.Max(Math.Abs(x), Math.Abs(y)) is < 0.95 and > 0.6),
        ("triangle", (x, y) => y < 0.8 && y > 2 * Math.Abs(x) - 0.8),
        ("cross", (x, y) => Math.Min(Math.Abs(x), Math.Abs(y)) < 0.25 && Math.Max(Math.Abs(x), Math.Abs(y)) < 1),
        ("lying stripes", (_, y) => Math.Sin(7 * y) > 0),
        ("standing stripes", (x, _) => Math.Sin(7 * x) > 0),
        ("checks", (x, y) => Math.Sin(6 * x) * Math.Sin(6 * y) > 0),
        ("diagonal", (x, y) => Math.Abs(x - y) < 0.35 && Math.Max(Math.Abs(x), Math.Abs(y)) < 1),
    ];

    /// <summary>Names of the classes.</summary>
    public static IReadOnlyList<string> Classes { get; } = [.. patterns.Select(pattern => pattern.Name)];

    /// <summary>Paints a set.</summary>
    /// <param name="count">How many pictures; the classes take turns.</param>
    /// <param name="size">Height and width, in pixels.</param>
    /// <param name="seed">Decides over everything.</param>
    /// <param name="channels">3 for colours, 1 for greys.</param>
    /// <returns>The set, on the CPU; the caller disposes it.</returns>
    public static LabeledPictures Paint(int count, int size = 32, int seed = 0, int channels = 3)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        using var scope = NewDisposeScope();
        var pictures = empty([count, size, size, channels], ScalarType.Byte);
        var labels = new long[count];
        var bytes = pictures.bytes;
        var length = size * size * channels;
        for (var index = 0; index < count; index++)
        {
            labels[index] = index % patterns.Length;
            Paint(bytes.Slice(index * length, length), size, channels, patterns[labels[index]].Covers, new Random(Seed.Derive(seed, index)));
        }
        return new("painted patterns", Classes, pictures, torch.tensor(labels));
    }

    private static void Paint(Span<byte> pixels, int size, int channels, Func<double, double, bool> covers, Random random)
    {
        var (front, back) = (Colour(random, channels), Colour(random, channels));
        // Colours that are too much alike would hide the pattern.
        if (Math.Abs(front.Average() - back.Average()) < 60) front = [.. back.Select(level => (level + 128) % 256)];
        var (zoom, left, top) = (1.3 + random.NextDouble(), random.NextDouble() * 0.6 - 0.3, random.NextDouble() * 0.6 - 0.3);
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var colour = covers(Place(x, left), Place(y, top)) ? front : back;
                for (var channel = 0; channel < channels; channel++)
                    pixels[(y * size + x) * channels + channel] = (byte)Math.Clamp(colour[channel] + random.Next(-Noise, Noise + 1), 0, 255);
            }
        }

        double Place(int pixel, double middle) => zoom * ((pixel + 0.5) / size * 2 - 1 - middle);
    }

    private static int[] Colour(Random random, int channels) => [.. Enumerable.Range(0, channels).Select(_ => random.Next(256))];
}
