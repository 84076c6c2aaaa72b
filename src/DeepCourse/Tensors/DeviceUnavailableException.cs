namespace DeepCourse.Tensors;

/// <summary>A device was asked for that this process cannot use.</summary>
public sealed class DeviceUnavailableException : InvalidOperationException
{
    /// <summary>Describes what was asked for and what there is.</summary>
    /// <param name="asked">The device that was asked for, such as <c>cuda:1</c>.</param>
    /// <param name="available">The devices that can be used.</param>
    public DeviceUnavailableException(string asked, IReadOnlyList<string> available)
        : base($"The device '{asked}' is not available. Available: {string.Join(", ", available)}. " +
               "Choose one of them, or 'auto' for the best; CUDA needs an NVIDIA driver and a libtorch built for it.")
        => (Asked, Available) = (asked, available);

    /// <summary>The device that was asked for.</summary>
    public string Asked { get; }

    /// <summary>The devices that can be used.</summary>
    public IReadOnlyList<string> Available { get; }
}
