using DeepCourse.Data;

namespace DeepCourse.Vision.Datasets;

/// <summary>How annotations in the layout of Pascal VOC are read.</summary>
public sealed record PascalVocOptions
{
    /// <summary>Names of the classes; an object of another name is a fault.</summary>
    /// <value>The default is the 20 classes of Pascal VOC; <see cref="PascalVoc.FindClasses"/> lists those of your own set.</value>
    public IReadOnlyList<string> Classes { get; init; } = PascalVoc.Classes;

    /// <summary>Whether objects marked as difficult are kept.</summary>
    /// <value>The default is <see langword="false"/>, as in the challenge and in the course.</value>
    public bool IncludeDifficult { get; init; }

    /// <summary>Whether pictures without any object are kept.</summary>
    /// <value>The default is <see langword="false"/>: an annotation without objects is a fault.</value>
    public bool IncludeEmpty { get; init; }

    /// <summary>What to do about empty boxes, boxes outside the picture, edges that are no numbers, files without objects,
    /// missing annotations and pictures.</summary>
    /// <value>The default is an error that names the file and the value.</value>
    public UnreadableItems Faults { get; init; }
}
