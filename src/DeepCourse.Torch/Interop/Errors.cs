using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Turns the shim's status into managed exceptions.</summary>
internal static unsafe class Errors
{
    internal static void Check(int status)
    {
        if (status != 0) Throw();
    }

    [DoesNotReturn]
    internal static void Throw() => throw new ExternalException(LastMessage());

    internal static string LastMessage(bool full = false) =>
        Marshal.PtrToStringUTF8((IntPtr)NativeMethods.dct_last_error(full ? 1 : 0)) ?? "unknown native error";
}
