using TorchSharp;

namespace DeepCourse.Native;

/// <summary>The state of a GPU's default generator, to save and to bring back.</summary>
public static class CudaRandom
{
    /// <summary>Reads the state.</summary>
    /// <param name="device">The GPU, from 0.</param>
    public static byte[] GetState(int device)
    {
        using var generator = torch.Generator.DefaultOf(new torch.Device(DeviceType.CUDA, device));
        using var state = generator.get_state();
        return state.bytes.ToArray();
    }

    /// <summary>Brings a state back.</summary>
    /// <param name="device">The GPU, from 0.</param>
    /// <param name="state">What <see cref="GetState"/> gave.</param>
    public static void SetState(int device, byte[] state)
    {
        ArgumentNullException.ThrowIfNull(state);
        using var generator = torch.Generator.DefaultOf(new torch.Device(DeviceType.CUDA, device));
        using var tensor = torch.tensor(state);
        generator.set_state(tensor);
    }
}
