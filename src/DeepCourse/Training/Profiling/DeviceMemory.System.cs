using DeepCourse.Native;

namespace DeepCourse.Training.Profiling;

/// <summary>What tensors hold on a GPU.</summary>
internal static class DeviceMemory
{
    /// <summary>Lets the peak start again.</summary>
    public static void Restart(torch.Device device)
    {
        if (Knows(device)) CudaMemory.ResetPeak(Math.Max(0, device.index));
    }

    /// <summary>The most bytes since the last restart; null where nobody counts.</summary>
    public static long? Peak(torch.Device device) =>
        Knows(device) ? CudaMemory.Statistics(Math.Max(0, device.index)).PeakAllocated : null;

    private static bool Knows(torch.Device device) => device.type == DeviceType.CUDA && CudaMemory.IsSupported;
}
