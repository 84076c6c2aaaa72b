namespace DeepCourse.Training.Callbacks;

/// <summary>A stretch of code in which operations choose their precision themselves; the package has none.</summary>
internal sealed class PrecisionRegion : IDisposable
{
    public PrecisionRegion(DeviceType device, ScalarType type) => Require();

    public static void Require() => throw new PlatformNotSupportedException(
        "mixed precision needs DeepCourse's own binding (-p:Stack=system); with the TorchSharp package use full precision");

    public void Dispose()
    {
    }
}
