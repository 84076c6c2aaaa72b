using TorchSharp;
using TorchSharp.Interop;

namespace DeepCourse.Native;

/// <summary>
/// Mixed precision: until it is disposed, matrix products, convolutions and their like run in a narrow type on this
/// thread, while sums and losses stay in float32. Regions nest, also with <c>enabled: false</c> inside.
/// </summary>
/// <remarks>
/// Weights are cast once per outermost region and the copies forgotten at its end. The backward pass belongs outside.
/// On a CPU without bfloat16 instructions this is slower than float32, not faster.
/// </remarks>
public sealed unsafe class Autocast : IDisposable
{
    private readonly DeviceType device;
    private readonly int thread = Environment.CurrentManagedThreadId;
    private NativeMethods.AutocastState before;
    private bool done;

    /// <summary>Opens a region.</summary>
    /// <param name="device">The kind of device whose operations are cast: CPU or CUDA.</param>
    /// <param name="type">The narrow type; by default bfloat16 on the CPU and float16 on CUDA.</param>
    /// <param name="enabled">False turns casting off inside another region.</param>
    /// <param name="cacheWeights">Whether to keep the casts of leaf tensors until the outermost region ends.</param>
    /// <exception cref="ArgumentException">The type is not one that the device computes in.</exception>
    public Autocast(DeviceType device, torch.ScalarType? type = null, bool enabled = true, bool cacheWeights = true)
    {
        var narrow = type ?? (device == DeviceType.CPU ? torch.ScalarType.BFloat16 : torch.ScalarType.Float16);
        var known = narrow == torch.ScalarType.BFloat16 || (narrow == torch.ScalarType.Float16 && device != DeviceType.CPU);
        if (enabled && !known)
            throw new ArgumentException($"Autocast on {device} computes in bfloat16{(device == DeviceType.CPU ? "" : " or float16")}, not {narrow}.", nameof(type));
        this.device = device;
        NativeMethods.AutocastState found;
        Errors.Check(NativeMethods.dct_autocast_get((int)device, &found));
        before = found;
        var wanted = new NativeMethods.AutocastState
        {
            Enabled = enabled ? 1 : 0,
            DType = known ? (int)narrow : found.DType,
            Cached = cacheWeights ? 1 : 0,
        };
        Errors.Check(NativeMethods.dct_autocast_set((int)device, &wanted));
        NativeMethods.dct_autocast_enter();
    }

    /// <summary>Whether operations on this kind of device are cast on this thread now.</summary>
    /// <param name="device">CPU or CUDA.</param>
    /// <returns>True inside an enabled region.</returns>
    public static bool IsEnabled(DeviceType device)
    {
        NativeMethods.AutocastState state;
        Errors.Check(NativeMethods.dct_autocast_get((int)device, &state));
        return state.Enabled != 0;
    }

    /// <summary>The narrow type of the region on this thread.</summary>
    /// <param name="device">CPU or CUDA.</param>
    /// <returns>Null outside an enabled region.</returns>
    public static torch.ScalarType? TypeOn(DeviceType device)
    {
        NativeMethods.AutocastState state;
        Errors.Check(NativeMethods.dct_autocast_get((int)device, &state));
        return state.Enabled != 0 ? (torch.ScalarType)state.DType : null;
    }

    /// <summary>Forgets the cast weights, for code that changes weights inside a region.</summary>
    public static void ClearCache() => Errors.Check(NativeMethods.dct_autocast_clear_cache());

    /// <summary>Closes the region and brings back what was before.</summary>
    /// <exception cref="InvalidOperationException">Another thread than the one that opened it.</exception>
    public void Dispose()
    {
        if (done) return;
        if (thread != Environment.CurrentManagedThreadId)
            throw new InvalidOperationException("An autocast region must be closed on the thread that opened it.");
        done = true;
        Errors.Check(NativeMethods.dct_autocast_leave());
        fixed (NativeMethods.AutocastState* state = &before) Errors.Check(NativeMethods.dct_autocast_set((int)device, state));
    }
}
