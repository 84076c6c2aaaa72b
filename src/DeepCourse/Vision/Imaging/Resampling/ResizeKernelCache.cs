namespace DeepCourse.Vision.Imaging;

/// <summary>The last few kernels of this thread: most data sets have a few picture sizes, and computing weights costs a
/// tenth of a small resize.</summary>
internal sealed class ResizeKernelCache
{
    private const int Entries = 16;

    [ThreadStatic]
    private static ResizeKernelCache? t_current;

    private readonly (Key Key, ResizeKernel? Kernel)[] _entries = new (Key, ResizeKernel?)[Entries];
    private int _next;

    private readonly record struct Key(
        int Source, double Start, double Length, int Target, ResizeFilter Filter, bool Mirrored);

    public static ResizeKernel Get(
        int source, double start, double length, int target, ResizeFilter filter, bool mirrored = false)
    {
        var key = new Key(source, start, length, target, filter, mirrored);
        var cache = t_current ??= new ResizeKernelCache();
        foreach (var (known, kernel) in cache._entries)
            if (kernel is not null && known == key) return kernel;
        var made = ResizeKernel.Create(source, start, length, target, filter, mirrored);
        cache._entries[cache._next] = (key, made);
        cache._next = (cache._next + 1) % Entries;
        return made;
    }
}
