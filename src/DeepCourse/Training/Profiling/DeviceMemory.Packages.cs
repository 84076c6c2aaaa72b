namespace DeepCourse.Training.Profiling;

/// <summary>What tensors hold on a GPU; the package does not tell.</summary>
internal static class DeviceMemory
{
    public static void Restart(torch.Device device)
    {
    }

    public static long? Peak(torch.Device device) => null;
}
