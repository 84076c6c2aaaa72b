namespace DeepCourse.Tensors;

/// <summary>Finds the device that a program should compute on.</summary>
public static class Devices
{
    /// <summary>The first CUDA device where there is one, else the CPU.</summary>
    public static torch.Device Best => cuda.is_available() ? new torch.Device(DeviceType.CUDA, 0) : Cpu;

    /// <summary>The CPU.</summary>
    public static torch.Device Cpu => new(DeviceType.CPU);

    /// <summary>The names of all devices that can be used, the CPU first.</summary>
    public static IReadOnlyList<string> Available =>
        ["cpu", .. Enumerable.Range(0, cuda.is_available() ? cuda.device_count() : 0).Select(i => $"cuda:{i}")];

    /// <summary>Reads a device from a command line.</summary>
    /// <param name="text"><c>auto</c>, <c>cpu</c>, <c>cuda</c> (the first one) or <c>cuda:n</c>.</param>
    /// <exception cref="ArgumentException">The text names no device.</exception>
    /// <exception cref="DeviceUnavailableException">The device is not in this machine, or not usable.</exception>
    public static torch.Device Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var name = text.Trim().ToLowerInvariant();
        if (name == "auto") return Best;
        if (name == "cpu") return Cpu;
        if (name == "cuda") name = "cuda:0";
        var isIndexed = name.StartsWith("cuda:", StringComparison.Ordinal);
        if (!isIndexed || !int.TryParse(name.AsSpan(5), out var index) || index < 0)
            throw new ArgumentException($"'{text}' is not a device: expected auto, cpu, cuda or cuda:n", nameof(text));
        if (!Available.Contains(name)) throw new DeviceUnavailableException(text, Available);
        return new torch.Device(DeviceType.CUDA, index);
    }
}
