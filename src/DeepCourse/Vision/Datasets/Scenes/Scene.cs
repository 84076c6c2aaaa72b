using DeepCourse.Vision.Detection;

namespace DeepCourse.Vision.Datasets.Scenes;

/// <summary>A composed picture and what is in it.</summary>
/// <param name="Picture">Its JPEG file, <see cref="SceneSet.SizeInPixels"/> on each side.</param>
/// <param name="Mask">A grey PNG file of the same size: 0 where the background shows, else the object's number.</param>
/// <param name="Objects">At least one object.</param>
public sealed record Scene(string Picture, string Mask, IReadOnlyList<SceneObject> Objects)
{
    /// <summary>The object with the largest box; by construction it is larger than the others by a clear margin.</summary>
    public SceneObject Largest => LargestBox.Of(Objects, scene => scene.Box)!;
}
