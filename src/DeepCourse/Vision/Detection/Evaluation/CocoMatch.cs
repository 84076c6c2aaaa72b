namespace DeepCourse.Vision.Detection.Evaluation;

/// <summary>At which overlaps a find is matched to an object, and at which it is not to be counted: a bit each.</summary>
internal readonly record struct CocoMatch(uint Matched, uint Ignored)
{
    public bool IsMatched(int overlap) => ((Matched >> overlap) & 1) != 0;

    public bool IsIgnored(int overlap) => ((Ignored >> overlap) & 1) != 0;
}
