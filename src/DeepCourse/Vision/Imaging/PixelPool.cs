namespace DeepCourse.Vision.Imaging;

/// <summary>Arrays of exactly one picture's size, reused: pictures of 170 x 170 and more live on the large object heap,
/// where every fresh array brings the next full collection nearer (at 224 x 224 that took half of a loader's
/// time).</summary>
/// <param name="most">Free arrays to keep of each size.</param>
internal sealed class PixelPool(int most)
{
    private readonly Dictionary<int, Stack<byte[]>> _free = [];

    /// <summary>The process's pool.</summary>
    public static PixelPool Shared { get; } = new(most: 512);

    public byte[] Take(int length)
    {
        lock (_free)
        {
            if (_free.TryGetValue(length, out var arrays) && arrays.TryPop(out var array)) return array;
        }
        return GC.AllocateUninitializedArray<byte>(length);
    }

    /// <summary>Takes an array back; nobody may use it afterwards.</summary>
    public void Give(byte[] array)
    {
        lock (_free)
        {
            if (!_free.TryGetValue(array.Length, out var arrays)) _free[array.Length] = arrays = [];
            if (arrays.Count < most) arrays.Push(array);
        }
    }
}
