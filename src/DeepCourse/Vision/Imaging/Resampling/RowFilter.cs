using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DeepCourse.Vision.Imaging;

/// <summary>The two inner loops of a resize, with AVX2 where the processor has it.</summary>
internal static class RowFilter
{
    /// <summary>Bytes that must be readable after the last sample of a source, and writable after the last of a
    /// target.</summary>
    public const int Slack = 64;

    /// <summary>Resizes one row along x.</summary>
    /// <param name="source">The row, followed by at least <see cref="Slack"/> readable bytes.</param>
    /// <param name="target">The new row, followed by at least one byte that may be overwritten.</param>
    /// <param name="kernel">Weights along x.</param>
    /// <param name="channels">Samples a pixel.</param>
    public static void Horizontal(ReadOnlySpan<byte> source, Span<byte> target, ResizeKernel kernel, int channels)
    {
        if (Avx2.IsSupported && channels >= 3) HorizontalAvx2(source, target, kernel, channels);
        else HorizontalScalar(source, target, kernel, channels);
    }

    /// <summary>Adds up weighted rows: one row of the resize along y.</summary>
    /// <param name="rows">The first row; the others follow.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    /// <param name="target">The new row.</param>
    /// <param name="weights">One weight a row.</param>
    /// <param name="bits">Fractional bits of the weights.</param>
    public static void Vertical(
        ReadOnlySpan<byte> rows, int stride, Span<byte> target, ReadOnlySpan<short> weights, int bits)
    {
        while (weights.Length > 1 && weights[^1] == 0) weights = weights[..^1];
        var done = 0;
        if (Avx2.IsSupported && target.Length >= Vector128<byte>.Count)
        {
            for (; done + 16 <= target.Length; done += 16) VerticalAvx2(rows, stride, target, weights, bits, done);
            if (done < target.Length) VerticalAvx2(rows, stride, target, weights, bits, target.Length - 16);
            return;
        }
        for (; done < target.Length; done++)
        {
            var sum = 1 << (bits - 1);
            for (var k = 0; k < weights.Length; k++) sum += weights[k] * rows[(k * stride) + done];
            target[done] = Clamp(sum >> bits);
        }
    }

    private static void HorizontalScalar(
        ReadOnlySpan<byte> source, Span<byte> target, ResizeKernel kernel, int channels)
    {
        var half = 1 << (kernel.Bits - 1);
        for (int x = 0, next = 0; x < kernel.Starts.Length; x++)
        {
            var weights = kernel.Weights.AsSpan(x * kernel.Taps, kernel.Taps);
            var from = source[(kernel.Starts[x] * channels)..];
            for (var channel = 0; channel < channels; channel++)
            {
                var sum = half;
                for (var k = 0; k < weights.Length; k++)
                    if (weights[k] != 0) sum += weights[k] * from[(k * channels) + channel];
                target[next++] = Clamp(sum >> kernel.Bits);
            }
        }
    }

    private static byte Clamp(int value) => (byte)Math.Clamp(value, 0, 255);

    /// <summary>Four taps at a time: the lower half of a register takes pixels 0 and 1, the upper half 2 and 3, each
    /// channel as a pair of 16-bit words; one multiply-add then sums the pair, one 32-bit sum a channel.</summary>
    private static void HorizontalAvx2(ReadOnlySpan<byte> source, Span<byte> target, ResizeKernel kernel, int channels)
    {
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(target);
        ref var weights = ref MemoryMarshal.GetArrayDataReference(kernel.Paired);
        var pick = channels == 3 ? PickRgb : PickRgba;
        var half = Vector128.Create(1 << (kernel.Bits - 1));
        var shift = Vector128.CreateScalar(kernel.Bits);
        nuint weight = 0;
        nuint next = 0;
        foreach (var start in kernel.Starts)
        {
            var at = (nuint)(start * channels);
            var sum = Vector256<int>.Zero;
            for (var k = 0; k < kernel.Taps; k += 4)
            {
                var four = Vector128.LoadUnsafe(ref from, at);
                var pairs = Avx2.Shuffle(Vector256.Create(four, four), pick).AsInt16();
                sum += Avx2.MultiplyAddAdjacent(pairs, Vector256.LoadUnsafe(ref weights, weight));
                at += (nuint)(4 * channels);
                weight += 16;
            }
            var total = Sse2.ShiftRightArithmetic(sum.GetLower() + sum.GetUpper() + half, shift);
            var words = Sse2.PackSignedSaturate(total, total);
            // Three channels write a fourth byte too: the next pixel, or the slack, takes its place.
            Unsafe.WriteUnaligned(
                ref Unsafe.Add(ref to, next), Sse2.PackUnsignedSaturate(words, words).AsUInt32().ToScalar());
            next += (nuint)channels;
        }
    }

    /// <summary>16 columns: bytes of two rows are interleaved, so that one multiply-add sums the pair of
    /// rows.</summary>
    private static void VerticalAvx2(
        ReadOnlySpan<byte> rows, int stride, Span<byte> target, ReadOnlySpan<short> weights, int bits, int column)
    {
        ref var from = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), column);
        var low = Vector256.Create(1 << (bits - 1));
        var high = low;
        var shift = Vector128.CreateScalar(bits);
        nuint at = 0;
        for (var k = 0; k < weights.Length; k += 2)
        {
            var paired = k + 1 < weights.Length;
            var first = Vector128.LoadUnsafe(ref from, at);
            var second = paired ? Vector128.LoadUnsafe(ref from, at + (nuint)stride) : first;
            var both = (ushort)weights[k] | (paired ? weights[k + 1] << 16 : 0);
            var weight = Vector256.Create(both).AsInt16();
            low += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Sse2.UnpackLow(first, second)), weight);
            high += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Sse2.UnpackHigh(first, second)), weight);
            at += 2 * (nuint)stride;
        }
        low = Avx2.ShiftRightArithmetic(low, shift);
        high = Avx2.ShiftRightArithmetic(high, shift);
        // Packing works within halves of 128 bits; the permutation puts the columns back in order.
        var words = Avx2.Permute4x64(Avx2.PackSignedSaturate(low, high).AsInt64(), 0b11_01_10_00).AsInt16();
        Sse2.PackUnsignedSaturate(words.GetLower(), words.GetUpper())
            .StoreUnsafe(ref MemoryMarshal.GetReference(target), (nuint)column);
    }

    private const byte None = 0x80;

    private static Vector256<byte> PickRgb => Vector256.Create(
        0, None, 3, None, 1, None, 4, None, 2, None, 5, None, None, None, None, None,
        6, None, 9, None, 7, None, 10, None, 8, None, 11, None, None, None, None, None);

    private static Vector256<byte> PickRgba => Vector256.Create(
        0, None, 4, None, 1, None, 5, None, 2, None, 6, None, 3, None, 7, None,
        8, None, 12, None, 9, None, 13, None, 10, None, 14, None, 11, None, 15, None);
}
