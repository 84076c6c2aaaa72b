using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Datasets.Scenes;

/// <summary>Scenes' parts that need nothing: drawn shapes in many colours on soft gradients.</summary>
internal static class ShapeParts
{
    private const int SpriteSide = 128;
    private const int ColoursPerShape = 15;
    private const int BackgroundCount = 20;
    private const int ValidationBackgroundCount = 4;
    private const int BackgroundSide = 256;

    /// <summary>Each shape as a test of a point in -1..1, its middle at 0.</summary>
    private static readonly (string Name, Func<double, double, bool> Contains)[] shapes =
    [
        ("disc", (x, y) => x * x + y * y < 0.9),
        ("ring", (x, y) => x * x + y * y is < 0.9 and > 0.35),
        ("square", (x, y) => Math.Max(Math.Abs(x), Math.Abs(y)) < 0.85),
        ("frame", (x, y) => Math.Max(Math.Abs(x), Math.Abs(y)) is < 0.85 and > 0.5),
        ("diamond", (x, y) => Math.Abs(x) + Math.Abs(y) < 0.95),
        ("triangle", (x, y) => y < 0.8 && y > 2 * Math.Abs(x) - 0.85),
        ("cross", (x, y) => Math.Min(Math.Abs(x), Math.Abs(y)) < 0.28 && Math.Max(Math.Abs(x), Math.Abs(y)) < 0.9),
        ("bar", (x, y) => Math.Abs(x) < 0.95 && Math.Abs(y) < 0.3),
        ("crescent", (x, y) => x * x + y * y < 0.9 && (x - 0.45) * (x - 0.45) + y * y > 0.6),
        ("half disc", (x, y) => x * x + y * y < 0.9 && y > 0),
        ("star", (x, y) => Math.Sqrt(x * x + y * y) < 0.6 + 0.32 * Math.Cos(5 * Math.Atan2(y, x))),
        ("flower", (x, y) => Math.Sqrt(x * x + y * y) < 0.75 + 0.18 * Math.Cos(8 * Math.Atan2(y, x))),
    ];

    internal static SceneParts Make(int seed)
    {
        var random = new Random(seed);
        var sprites = new List<Sprite>();
        for (var shape = 0; shape < shapes.Length; shape++)
            for (var colour = 0; colour < ColoursPerShape; colour++)
            {
                var (inner, outer) = (Colour(random), Colour(random));
                var contains = shapes[shape].Contains;
                sprites.Add(new(shape, $"{shapes[shape].Name} {colour}", [new Lazy<Image>(() => Fill(contains, inner, outer))]));
            }
        var backgrounds = Enumerable.Range(0, BackgroundCount).Select(_ => Gradient(random)).ToArray();
        return SceneParts.Divide("drawn shapes (synthetic data)", [.. shapes.Select(shape => shape.Name)], sprites,
            backgrounds[ValidationBackgroundCount..], backgrounds[..ValidationBackgroundCount], isSynthetic: true, seed);
    }

    private static byte[] Colour(Random random)
    {
        var colour = new byte[3];
        random.NextBytes(colour);
        return colour;
    }

    private static Image Fill(Func<double, double, bool> contains, byte[] inner, byte[] outer)
    {
        var image = new Image(SpriteSide, SpriteSide, 4);
        var (left, top, right, bottom) = (SpriteSide, SpriteSide, 0, 0);
        for (var row = 0; row < SpriteSide; row++)
            for (var column = 0; column < SpriteSide; column++)
            {
                var (x, y) = (2 * (column + 0.5) / SpriteSide - 1, 2 * (row + 0.5) / SpriteSide - 1);
                if (!contains(x, y)) continue;
                var share = Math.Min(1, Math.Sqrt(x * x + y * y));
                var pixel = image[column, row];
                for (var channel = 0; channel < 3; channel++)
                    pixel[channel] = (byte)(inner[channel] + share * (outer[channel] - inner[channel]));
                pixel[3] = 255;
                (left, top) = (Math.Min(left, column), Math.Min(top, row));
                (right, bottom) = (Math.Max(right, column + 1), Math.Max(bottom, row + 1));
            }
        return image.Crop(left, top, new PixelSize(right - left, bottom - top));
    }

    private static Image Gradient(Random random)
    {
        var (first, second) = (Colour(random), Colour(random));
        var angle = random.NextDouble() * Math.Tau;
        var image = new Image(BackgroundSide, BackgroundSide, 3);
        for (var y = 0; y < BackgroundSide; y++)
            for (var x = 0; x < BackgroundSide; x++)
            {
                var share = 0.5 + 0.35 * (Math.Cos(angle) * (2.0 * x / BackgroundSide - 1) + Math.Sin(angle) * (2.0 * y / BackgroundSide - 1));
                var pixel = image[x, y];
                for (var channel = 0; channel < 3; channel++)
                    pixel[channel] = (byte)Math.Clamp(first[channel] + share * (second[channel] - first[channel]) + random.Next(-6, 7), 0, 255);
            }
        return image;
    }
}
