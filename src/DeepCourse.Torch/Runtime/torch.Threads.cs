using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Threads that one operation may use.</summary>
    public static int get_num_threads() => NativeMethods.dct_get_threads();

    public static void set_num_threads(int num) => Errors.Check(NativeMethods.dct_set_threads(num));

    /// <summary>Threads that run operations beside each other (TorchScript).</summary>
    public static int get_num_interop_threads() => NativeMethods.dct_get_interop_threads();

    public static void set_num_interop_threads(int num) => Errors.Check(NativeMethods.dct_set_interop_threads(num));
}
