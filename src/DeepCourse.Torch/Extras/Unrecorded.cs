using TorchSharp;
using TorchSharp.Interop;

namespace DeepCourse.Native;

/// <summary>Nothing done until it is disposed is recorded for backward: <c>no_grad</c> without an object, for what happens in
/// every step.</summary>
public readonly ref struct Unrecorded
{
    private readonly bool before;

    private Unrecorded(bool before) => this.before = before;

    /// <summary>Stops the recording on this thread.</summary>
    /// <returns>Brings back what was before; dispose it on the same thread.</returns>
    public static Unrecorded Begin()
    {
        var before = torch.is_grad_enabled();
        if (before) NativeMethods.dct_set_grad_mode(0);
        return new(before);
    }

    /// <summary>Lets the recording go on as before.</summary>
    public void Dispose()
    {
        if (before) NativeMethods.dct_set_grad_mode(1);
    }
}
