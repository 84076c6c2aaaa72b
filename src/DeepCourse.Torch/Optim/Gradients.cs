using System.Buffers;
using TorchSharp.Interop;

namespace TorchSharp.Modules;

/// <summary>The gradients of many parameters, in one native call.</summary>
internal static unsafe class Gradients
{
    internal static void Clear(IEnumerable<Parameter> parameters)
    {
        var list = parameters as ICollection<Parameter> ?? [.. parameters];
        var handles = ArrayPool<IntPtr>.Shared.Rent(Math.Max(list.Count, 1));
        var count = 0;
        foreach (var parameter in list) handles[count++] = parameter.Handle;
        int status;
        fixed (IntPtr* start = handles) status = NativeMethods.dct_clear_gradients(start, count);
        ArrayPool<IntPtr>.Shared.Return(handles);
        GC.KeepAlive(list);
        Errors.Check(status);
    }
}
