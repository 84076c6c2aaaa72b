namespace DeepCourse.Training.Graphs;

/// <summary>A CUDA graph; the package has none.</summary>
internal static class StepGraph
{
    /// <summary>Says why there is none.</summary>
    public static IStepGraph? For(torch.Device device, out string reason)
    {
        reason = "CUDA graphs need DeepCourse's own binding (-p:Stack=system)";
        return null;
    }
}
