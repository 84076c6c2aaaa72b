using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Datasets.Scenes;

/// <summary>A thing that can be put into scenes, in one or several styles of drawing.</summary>
/// <param name="Class">Index of its class.</param>
/// <param name="Name">What it shows.</param>
/// <param name="Styles">RGBA pictures of it, cut to what is visible.</param>
internal sealed record Sprite(int Class, string Name, IReadOnlyList<Lazy<Image>> Styles)
{
    /// <summary>Draws a style whose picture is large enough; where none is, the largest.</summary>
    /// <param name="leastSide">The least length of the picture's longer side, in pixels.</param>
    /// <param name="random">Decides among those that are.</param>
    internal Image Style(double leastSide, Random random)
    {
        var images = Styles.Select(style => style.Value).ToArray();
        var enough = Array.FindAll(images, image => SideOf(image) >= leastSide);
        return enough.Length > 0 ? enough[random.Next(enough.Length)] : images.MaxBy(SideOf)!;
    }

    private static int SideOf(Image image) => Math.Max(image.Width, image.Height);
}
