namespace TorchSharp.Interop;

/// <summary>
/// The garbage collector sees a tensor as a small object and lets gigabytes pile up behind finalizers. Tensors made
/// outside any dispose scope are therefore counted, and a collection asked for when many, or large ones, have come.
/// </summary>
internal static class UnscopedMemory
{
    private const long CountLimit = 20_000;
    private const long KibibyteLimit = 256 * 1024;

    [ThreadStatic]
    private static long count;

    [ThreadStatic]
    private static long kibibytes;

    internal static void Account(int size)
    {
        kibibytes += size;
        if (++count < CountLimit && kibibytes < KibibyteLimit) return;
        // Young tensors are found by a cheap collection; big ones may already be old.
        var generation = kibibytes >= KibibyteLimit ? 2 : 0;
        (count, kibibytes) = (0, 0);
        GC.Collect(generation, GCCollectionMode.Forced, blocking: true);
        if (generation == 2) GC.WaitForPendingFinalizers();
    }
}
