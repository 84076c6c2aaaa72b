using System.Runtime.InteropServices;

namespace DeepCourse.Vision.Detection.Suppression;

/// <summary>Sorts scores from the highest to the lowest; equal ones keep their order, numbers that are none come
/// first, both as PyTorch's stable sort does.</summary>
internal static class ScoreOrder
{
    private const int BitsADigit = 11;
    private const int Buckets = 1 << BitsADigit;

    // Below this many, comparing is faster than filling the tables of the digits.
    private const int FewestForDigits = 400;

    /// <summary>The places of the scores, best first.</summary>
    /// <param name="scores">Any numbers.</param>
    /// <returns>Indices into <paramref name="scores"/>.</returns>
    public static int[] Of(ReadOnlySpan<float> scores)
    {
        // The score above, the index below: as whole numbers the keys sort as wanted, and no two are equal.
        var keys = new ulong[scores.Length];
        for (var i = 0; i < keys.Length; i++) keys[i] = ((ulong)Descending(scores[i]) << 32) | (uint)i;
        if (keys.Length < FewestForDigits) Array.Sort(keys);
        else keys = SortByDigits(keys);
        var order = new int[keys.Length];
        for (var i = 0; i < order.Length; i++) order[i] = (int)(uint)keys[i];
        return order;
    }

    /// <summary>Smaller for higher scores.</summary>
    private static uint Descending(float score)
    {
        if (float.IsNaN(score)) return 0;
        // Adding zero makes minus zero plus zero: they are equal and must not be told apart.
        var bits = BitConverter.SingleToUInt32Bits(score + 0f);
        return (bits & 0x8000_0000) == 0 ? ~(bits | 0x8000_0000) : bits;
    }

    /// <summary>A radix sort by the upper half of the keys, which arrive in order of the lower one.</summary>
    private static ulong[] SortByDigits(ulong[] keys)
    {
        var other = new ulong[keys.Length];
        Span<int> starts = stackalloc int[Buckets];
        for (var shift = 32; shift < 64; shift += BitsADigit)
        {
            starts.Clear();
            foreach (var key in keys) starts[(int)(key >> shift) & (Buckets - 1)]++;
            var sum = 0;
            foreach (ref var start in starts)
            {
                var count = start;
                start = sum;
                sum += count;
            }
            ref var target = ref MemoryMarshal.GetArrayDataReference(other);
            foreach (var key in keys)
                System.Runtime.CompilerServices.Unsafe.Add(ref target, starts[(int)(key >> shift) & (Buckets - 1)]++) = key;
            (keys, other) = (other, keys);
        }
        return keys;
    }
}
