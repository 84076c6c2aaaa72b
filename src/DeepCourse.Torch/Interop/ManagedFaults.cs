using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Text;

namespace TorchSharp.Interop;

/// <summary>
/// Exceptions thrown by managed code that libtorch called. They may not cross native frames, so they wait here under
/// a number that travels through libtorch, and are thrown again by the managed call that started it all.
/// </summary>
internal static unsafe class ManagedFaults
{
    private const int MessageCapacity = 1024;
    private static readonly ConcurrentDictionary<long, ExceptionDispatchInfo> waiting = new();
    private static long last;

    internal static long Keep(Exception fault, byte* message)
    {
        var text = Encoding.UTF8.GetBytes($"{fault.GetType().Name}: {fault.Message}");
        text.AsSpan(0, Math.Min(text.Length, MessageCapacity - 1)).CopyTo(new Span<byte>(message, MessageCapacity));
        var number = Interlocked.Increment(ref last);
        waiting[number] = ExceptionDispatchInfo.Capture(fault);
        return number;
    }

    /// <summary>Checks a call that may have run managed code; fault is the number it reported, or zero.</summary>
    internal static void Check(int status, long fault)
    {
        if (status == 0) return;
        if (fault != 0 && waiting.TryRemove(fault, out var kept)) kept.Throw();
        Errors.Throw();
    }
}
