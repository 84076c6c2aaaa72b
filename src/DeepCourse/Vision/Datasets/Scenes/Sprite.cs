using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Datasets.Scenes;

/// <summary>A thing that can be put into scenes, in one or several styles of drawing.</summary>
/// <param name="Class">Index of its class.</param>
/// <param name="Name">What it shows.</param>
/// <param name="Styles">RGBA pictures of it, cut to what is visible.</param>
internal sealed record Sprite(int Class, string Name, IReadOnlyList<Lazy<Image>> Styles);
