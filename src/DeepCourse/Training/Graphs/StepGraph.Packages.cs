namespace DeepCourse.Training.Graphs;

/// <summary>A CUDA graph; the package has none.</summary>
internal static class StepGraph
{
    /// <summary>Says why there is none.</summary>
    public static string ObstacleOn(torch.Device device) => "CUDA graphs need DeepCourse's own binding (-p:Stack=system)";

    /// <summary>Nothing is repeated, so nothing is missed.</summary>
    public static bool HasHooks(Module module) => false;

    /// <summary>Makes none and says why.</summary>
    public static IStepGraph? For(torch.Device device, out string reason)
    {
        reason = ObstacleOn(device);
        return null;
    }
}
