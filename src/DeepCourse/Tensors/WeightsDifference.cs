namespace DeepCourse.Tensors;

/// <summary>Keys that only the file or only the module has.</summary>
/// <param name="Missing">Keys of the module that the file lacks, sorted; these weights stay as they were.</param>
/// <param name="Unexpected">Keys of the file that the module lacks, sorted; these weights were not used.</param>
public sealed record WeightsDifference(IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected)
{
    /// <summary>Whether both sides have the same keys.</summary>
    public bool IsEmpty => Missing.Count == 0 && Unexpected.Count == 0;
}
