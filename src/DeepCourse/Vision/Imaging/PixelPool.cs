using System.Collections.Concurrent;

namespace DeepCourse.Vision.Imaging;

/// <summary>Arrays of exactly one picture's size, reused: pictures of 170 x 170 and more live on the large object heap,
/// where every fresh array brings the next full collection nearer (at 224 x 224 half of a loader's time).</summary>
internal sealed class PixelPool(int most)
{
    private readonly ConcurrentDictionary<int, ConcurrentBag<byte[]>> _free = new();

    /// <summary>The process's pool.</summary>
    public static PixelPool Shared { get; } = new(most: 256);

    public byte[] Take(int length) =>
        _free.TryGetValue(length, out var arrays) && arrays.TryTake(out var array)
            ? array
            : GC.AllocateUninitializedArray<byte>(length);

    /// <summary>Takes an array back; nobody may use it afterwards.</summary>
    public void Give(byte[] array)
    {
        var arrays = _free.GetOrAdd(array.Length, _ => []);
        if (arrays.Count < most) arrays.Add(array);
    }
}
