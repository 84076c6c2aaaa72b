using DeepCourse.Data;
using DeepCourse.Data.Catalogue;
using DeepCourse.Tensors;

namespace DeepCourse.Vision.Datasets;

/// <summary>Microscope photographs with the blood cells in them marked (BCCD, MIT licence).</summary>
/// <remarks>
/// 364 photographs of 640x480 with 4,888 boxes. Two of the boxes are empty, so reading them as they are is an error
/// unless faults are skipped, which is the default here.
/// </remarks>
public static class BloodCells
{
    private static readonly string[] withEmptyBox = ["BloodImage_00338.xml", "BloodImage_00343.xml"];

    /// <summary>The kinds of cells: red, white, platelets.</summary>
    public static IReadOnlyList<string> Classes { get; } = ["RBC", "WBC", "Platelets"];

    /// <summary>Finds or fetches the set and reads the annotations of one split.</summary>
    /// <param name="store">Where data sets are.</param>
    /// <param name="split">train (205 pictures), val (87), trainval (292) or test (72); null for all.</param>
    /// <param name="faults">What to do about the two empty boxes.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellation">Stops the fetching.</param>
    /// <returns>The pictures of the split.</returns>
    /// <exception cref="DatasetUnavailableException">It was not found and could not be fetched.</exception>
    /// <exception cref="DataFormatException">Files are missing or broken.</exception>
    public static AnnotatedImages Load(
        DatasetStore store,
        string? split = null,
        UnreadableItems faults = UnreadableItems.Skip,
        IProgress<FetchProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var folder = store.Get(WebDatasets.Bccd, progress, cancellation);
        var images = PascalVoc.Read(folder, split, new() { Classes = Classes, Faults = faults });
        // Only the faults that the published set has are skipped in silence.
        return images.Skipped.FirstOrDefault(item => !withEmptyBox.Contains(Path.GetFileName(item.Item))) is { } other
            ? throw new DataFormatException(other.Item, $"{other.Reason}; this copy of BCCD is damaged: delete '{folder}', it is fetched again")
            : images;
    }
}
