using DeepCourse.Native;

namespace DeepCourse.Training.Callbacks;

/// <summary>A stretch of code in which operations choose their precision themselves.</summary>
internal sealed class PrecisionRegion(DeviceType device, ScalarType type) : IDisposable
{
    private readonly Autocast _autocast = new(device, type);

    public static void Require()
    {
    }

    public void Dispose() => _autocast.Dispose();
}
