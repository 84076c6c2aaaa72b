using System.Buffers;
using TorchSharp.Modules;

namespace TorchSharp.Interop;

/// <summary>The gradients of many parameters, in one native call.</summary>
internal static unsafe class GradientCalls
{
    internal delegate int Body(IntPtr* handles, long count);

    internal static void Clear(IEnumerable<Parameter> parameters) =>
        Call(parameters, static (handles, count) => NativeMethods.dct_clear_gradients(handles, count));

    internal static double Norm(IEnumerable<Parameter> parameters, double order)
    {
        ReadCount.Add();
        double norm = 0;
        var result = &norm;
        Call(parameters, (handles, count) => NativeMethods.dct_gradient_norm(handles, count, order, result));
        return norm;
    }

    internal static double Clip(IEnumerable<Parameter> parameters, double limit, double order)
    {
        ReadCount.Add();
        double norm = 0;
        var result = &norm;
        Call(parameters, (handles, count) => NativeMethods.dct_clip_gradients(handles, count, limit, order, result));
        return norm;
    }

    /// <summary>Multiplies all gradients, and tells whether they were all finite.</summary>
    internal static bool Unscale(IEnumerable<Parameter> parameters, double factor)
    {
        ReadCount.Add();
        var found = 0;
        var result = &found;
        Call(parameters, (handles, count) => NativeMethods.dct_unscale_gradients(handles, count, factor, result));
        return found == 0;
    }

    private static void Call(IEnumerable<Parameter> parameters, Body body)
    {
        var list = parameters as ICollection<Parameter> ?? [.. parameters];
        var handles = ArrayPool<IntPtr>.Shared.Rent(Math.Max(list.Count, 1));
        var count = 0;
        foreach (var parameter in list) handles[count++] = parameter.Handle;
        int status;
        fixed (IntPtr* start = handles) status = body(start, count);
        ArrayPool<IntPtr>.Shared.Return(handles);
        GC.KeepAlive(list);
        Errors.Check(status);
    }
}
