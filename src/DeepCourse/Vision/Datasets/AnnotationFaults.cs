using DeepCourse.Data;
using DeepCourse.Tensors;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Datasets;

/// <summary>What happens to annotations that something is wrong with: an error, or left out and listed.</summary>
internal sealed class AnnotationFaults(UnreadableItems policy)
{
    // What lies beyond the edge is cut off, but a box that is mostly outside belongs to another picture, or its numbers
    // are in another order.
    private const float LeastInside = 0.5f;

    private const string WayOut = "correct it, or have such items skipped and listed with UnreadableItems.Skip";

    private readonly List<SkippedItem> _skipped = [];

    public IReadOnlyList<SkippedItem> Skipped => _skipped;

    /// <summary>Reports a fault.</summary>
    /// <param name="index">Which picture.</param>
    /// <param name="path">The annotation file.</param>
    /// <param name="line">Line of the fault in the file, if known.</param>
    /// <param name="problem">What is wrong, with the value.</param>
    /// <exception cref="DataFormatException">Faults are errors.</exception>
    public void Report(int index, string path, int? line, string problem)
    {
        if (policy == UnreadableItems.Throw)
        {
            throw line is { } number
                ? DataFormatException.AtLine(path, number, $"{problem}; {WayOut}")
                : new DataFormatException(path, $"{problem}; {WayOut}");
        }
        _skipped.Add(new(index, path, line is { } at ? $"line {at}: {problem}" : problem));
    }

    /// <summary>Says what is wrong with a box, or cuts off the part beyond the edge of its picture.</summary>
    /// <param name="box">The box in pixels.</param>
    /// <param name="size">The picture's size.</param>
    /// <param name="kept">The box inside the picture.</param>
    /// <returns>The fault, or null.</returns>
    public static string? Check(PixelBox box, PixelSize size, out PixelBox kept)
    {
        kept = box.Clip(size);
        var edges = string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"({box.Left}, {box.Top}) to ({box.Right}, {box.Bottom})");
        if (!box.IsFinite) return $"a box with an edge that is not a number: {edges}";
        if (box.IsEmpty) return $"an empty box: {edges}, expected left < right and top < bottom";
        if (kept.IsEmpty) return $"a box outside the picture of {size}: {edges}";
        return kept.Area < LeastInside * box.Area
            ? $"a box of which only {100 * kept.Area / box.Area:0} % lie inside the picture of {size}: {edges}"
            : null;
    }
}
