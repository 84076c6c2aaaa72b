using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Datasets.Scenes;

/// <summary>
/// Pictures composed of real photographs and rendered objects, divided so that two questions can be asked of a model:
/// does it know objects it has learned when they come in new scenes, and does it recognise the kind of objects that it
/// has never seen?
/// </summary>
/// <param name="Title">For the report: what the pictures are made of.</param>
/// <param name="Classes">Names of the classes.</param>
/// <param name="SizeInPixels">Side of each picture.</param>
/// <param name="Training">To learn from.</param>
/// <param name="Seen">New scenes of objects that occur in training, on backgrounds that do not.</param>
/// <param name="Unseen">Scenes of objects that do not occur in training, on backgrounds that do not either.</param>
/// <param name="IsSynthetic">Whether the pictures are drawn shapes, for want of photographs.</param>
public sealed record SceneSet(
    string Title,
    IReadOnlyList<string> Classes,
    int SizeInPixels,
    IReadOnlyList<Scene> Training,
    IReadOnlyList<Scene> Seen,
    IReadOnlyList<Scene> Unseen,
    bool IsSynthetic)
{
    /// <summary>Scenes as pictures with marked objects, as detectors learn from them.</summary>
    /// <param name="scenes">Some of the set's scenes.</param>
    /// <returns>The same scenes, in the same order.</returns>
    public AnnotatedImages ToImages(IReadOnlyList<Scene> scenes)
    {
        ArgumentNullException.ThrowIfNull(scenes);
        return new(Title, Classes,
        [
            .. scenes.Select(scene => new AnnotatedImage(
                scene.Picture, PixelSize.Square(SizeInPixels),
                [.. scene.Objects.Select(item => new AnnotatedObject(item.Class, item.Box))])),
        ]);
    }
}
