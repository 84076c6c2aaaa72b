using DeepCourse.Vision.Datasets;

namespace DeepCourse.Vision.Detection.Evaluation;

/// <summary>The results of one class over all pictures.</summary>
internal sealed class ClassResults
{
    /// <summary>What was found, with the picture it is in, picture after picture.</summary>
    public List<(int Picture, DetectedObject Object)> Found { get; } = [];

    /// <summary>What is there, by picture.</summary>
    public Dictionary<int, List<AnnotatedObject>> Truth { get; } = [];

    /// <summary>Sorts results by class.</summary>
    public static ClassResults[] Split(DetectionResults results, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        var split = new ClassResults[classes];
        for (var i = 0; i < classes; i++) split[i] = new();
        foreach (var (picture, result) in results.Pictures.Index())
        {
            foreach (var found in result.Found) Of(found.Class).Found.Add((picture, found));
            foreach (var truth in result.Truth)
            {
                var of = Of(truth.Class).Truth;
                if (!of.TryGetValue(picture, out var list)) of.Add(picture, list = []);
                list.Add(truth);
            }

            ClassResults Of(int index) => index >= 0 && index < classes
                ? split[index]
                : throw new ArgumentOutOfRangeException(nameof(classes), index, $"expected classes in 0..{classes - 1} in the results of picture {picture}");
        }
        return split;
    }
}
