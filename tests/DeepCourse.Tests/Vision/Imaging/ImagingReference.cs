using System.Text.Json;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision.Imaging;

/// <summary>Pictures and values that Pillow and torchvision made; see Reference/make_imaging.py.</summary>
internal static class ImagingReference
{
    private static readonly JsonSerializerOptions Options =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly Lazy<Values> Loaded = new(() =>
        JsonSerializer.Deserialize<Values>(File.ReadAllText(ReferenceFiles.PathOf("imaging.json")), Options)!);

    public static Values All => Loaded.Value;

    public static string PathOf(string file) => ReferenceFiles.PathOf(Path.Combine("images", file));

    /// <summary>The largest difference of any sample.</summary>
    public static int Difference(Image image, Case expected)
    {
        Assert.Equal(new PixelSize(expected.Width, expected.Height), image.Size);
        var pixels = Convert.FromBase64String(expected.Pixels);
        Assert.Equal(pixels.Length, image.Pixels.Length);
        return image.Pixels.Zip(pixels, (ours, theirs) => Math.Abs(ours - theirs)).Max();
    }

    /// <summary>The share of samples that differ at all.</summary>
    public static double ShareOfDifferences(Image image, Case expected) =>
        image.Pixels.Zip(Convert.FromBase64String(expected.Pixels), (ours, theirs) => ours == theirs ? 0 : 1).Average();

    internal sealed record Values(Case[] Decode, Case[] Scaled, Case[] Resize, Case[] Transform, BoxValues Boxes);

    internal sealed record Case(
        string File, string Layout, int Width, int Height, string Pixels, int Tolerance,
        int[]? Wanted, string? Filter, double[]? Box, double[]? Map)
    {
        public PixelSize Size => new(Width, Height);

        public ResizeFilter Kernel => Enum.Parse<ResizeFilter>(Filter!);

        public Image Read() =>
            ImageReader.Read(PathOf(File), new ReadOptions(Enum.Parse<PixelLayout>(Layout)));
    }

    internal sealed record BoxValues(
        float[][] First, float[][] Second, float[][] Pairwise, float[] Generalized, float[] Distance, float[] Complete,
        float[][] CenterSize);
}
