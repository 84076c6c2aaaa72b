namespace DeepCourse.Distributed;

/// <summary>How this process reaches the others; the package can't.</summary>
internal sealed class ProcessConnection : IDisposable
{
    private const string Missing =
        "several processes need DeepCourse's own binding (-p:Stack=system): the TorchSharp package doesn't reach libtorch's c10d";

    public ProcessConnection(ProcessPlace place, torch.Device device, TimeSpan patience) =>
        throw new PlatformNotSupportedException(Missing);

    public string? Failure => null;

    public CancellationToken Failed => CancellationToken.None;

    public void Announce(string cause) => throw new PlatformNotSupportedException(Missing);

    public void Sum(Tensor tensor) => throw new PlatformNotSupportedException(Missing);

    public void Largest(Tensor tensor) => throw new PlatformNotSupportedException(Missing);

    public void Broadcast(Tensor tensor, int from) => throw new PlatformNotSupportedException(Missing);

    public void Gather(Tensor tensor, Tensor[] all) => throw new PlatformNotSupportedException(Missing);

    public GradientBuckets Hook(IReadOnlyList<Parameter> parameters, long bytes) => throw new PlatformNotSupportedException(Missing);

    public void Dispose()
    {
    }
}
