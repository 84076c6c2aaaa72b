using DeepCourse.Data;

namespace DeepCourse.Vision.Datasets;

/// <summary>Pictures with marked objects, read from somebody's annotations.</summary>
public sealed class AnnotatedImages : IDataset<AnnotatedImage>
{
    private readonly IReadOnlyList<AnnotatedImage> _images;

    /// <summary>Collects pictures.</summary>
    /// <param name="title">What they are, for reports.</param>
    /// <param name="classes">Names of the classes.</param>
    /// <param name="images">The pictures.</param>
    /// <param name="skipped">Annotations that were left out because something was wrong with them.</param>
    public AnnotatedImages(
        string title,
        IReadOnlyList<string> classes,
        IReadOnlyList<AnnotatedImage> images,
        IReadOnlyList<SkippedItem>? skipped = null) =>
        (Title, Classes, _images, Skipped) = (title, classes, images, skipped ?? []);

    /// <summary>What the pictures are, for reports.</summary>
    public string Title { get; }

    /// <summary>Names of the classes.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>What was left out because something was wrong with it; empty unless that was asked for.</summary>
    public IReadOnlyList<SkippedItem> Skipped { get; }

    /// <inheritdoc/>
    public int Count => _images.Count;

    /// <inheritdoc/>
    public AnnotatedImage this[int index] => _images[index];

    /// <summary>The largest object of each picture; pictures without an object are left out.</summary>
    /// <returns>The same pictures, one object each, in the same order.</returns>
    public IDataset<LargestObject> LargestObjects() => new ArrayDataset<LargestObject>(
        [.. _images.Select(LargestObject.Of).OfType<LargestObject>()]);
}
