namespace TorchSharp.Interop;

/// <summary>Counts what this thread has read out of tensors: on a GPU each of these waits for all work before it.</summary>
internal static class ReadCount
{
    [ThreadStatic]
    private static long count;

    internal static long OfThisThread => count;

    internal static void Add() => count++;
}
