using DeepCourse.Data;
using DeepCourse.Tensors;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Datasets;

/// <summary>What happens to annotations that something is wrong with: an error, or left out and listed.</summary>
internal sealed class AnnotationFaults(UnreadableItems policy)
{
    // Some annotators count pixels from 0 and some from 1; a box may stick out by that much.
    private const float Tolerance = 1.5f;

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
            throw line is { } number ? DataFormatException.AtLine(path, number, problem) : new DataFormatException(path, problem);
        _skipped.Add(new(index, path, line is { } at ? $"line {at}: {problem}" : problem));
    }

    /// <summary>Says what is wrong with a box, or cuts off what sticks out by a rounding.</summary>
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
        if (box.IsEmpty) return $"an empty box: {edges}";
        var outside = Math.Max(
            Math.Max(-box.Left, -box.Top), Math.Max(box.Right - size.Width, box.Bottom - size.Height));
        return outside > Tolerance || kept.IsEmpty ? $"a box outside the picture of {size}: {edges}" : null;
    }
}
