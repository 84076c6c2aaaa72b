using System.Buffers;

namespace DeepCourse.Vision.Imaging;

/// <summary>For each sample of one axis of the target: which source samples count, and how much, in 16-bit fixed
/// point.</summary>
/// <remarks>Weights of one target sample add up to exactly 1, so that flat areas keep their value. Pillow keeps 22 bits
/// of each weight; 16 bits let the processor multiply 16 at a time, and differ by at most one step in 255.</remarks>
internal sealed class ResizeKernel
{
    private const int MostBits = 15;

    private ResizeKernel(int[] starts, short[] weights, int taps, int bits) =>
        (Starts, Weights, Taps, Bits) = (starts, weights, taps, bits);

    /// <summary>First source sample of each target sample.</summary>
    public int[] Starts { get; }

    /// <summary>Weights, [target, taps], zero-padded at the end.</summary>
    public short[] Weights { get; }

    /// <summary>Weights a target sample has, a multiple of 4.</summary>
    public int Taps { get; }

    /// <summary>Fractional bits of the weights.</summary>
    public int Bits { get; }

    /// <summary>The weights as the vector loop along rows wants them: each pair of taps four times, 16 words for 4 taps.
    /// Made when first asked for: random crops make two kernels a picture, and the one along columns needs none.</summary>
    public short[] Paired => field ??= Pair(Weights);

    /// <param name="source">Source samples on this axis.</param>
    /// <param name="start">First edge of the part that is used, in source samples.</param>
    /// <param name="length">Length of the part that is used, in source samples.</param>
    /// <param name="target">Target samples.</param>
    /// <param name="filter">Any filter but nearest.</param>
    /// <param name="mirrored">Whether the first target sample is that of the part's far end.</param>
    public static ResizeKernel Create(int source, double start, double length, int target, ResizeFilter filter, bool mirrored = false)
    {
        var scale = length / target;
        var stretch = Math.Max(scale, 1);
        var radius = Radius(filter) * stretch;
        var taps = 0;
        var starts = new int[target];
        for (var i = 0; i < target; i++)
        {
            var (first, last) = Extent(Center(i), radius, source);
            starts[i] = first;
            taps = Math.Max(taps, last - first);
        }
        taps = (taps + 3) & ~3;
        var rented = ArrayPool<double>.Shared.Rent(target * taps);
        var exact = rented.AsSpan(0, target * taps);
        exact.Clear();
        var peak = 0.0;
        for (var i = 0; i < target; i++)
        {
            var center = Center(i);
            var (first, last) = Extent(center, radius, source);
            var row = exact.Slice(i * taps, taps);
            var sum = 0.0;
            for (var k = first; k < last; k++)
                sum += row[k - first] = Value(filter, (k - center + 0.5) / stretch);
            for (var k = 0; k < last - first; k++)
            {
                row[k] /= sum;
                peak = Math.Max(peak, Math.Abs(row[k]));
            }
        }
        var bits = MostBits;
        while (Math.Round(peak * (1 << bits)) > short.MaxValue - 64) bits--;
        var weights = Quantize(exact, taps, bits);
        ArrayPool<double>.Shared.Return(rented);
        return new ResizeKernel(starts, weights, taps, bits);

        // Pixel centres lie at half steps; sample k covers [k, k + 1).
        double Center(int i) => start + (((mirrored ? target - 1 - i : i) + 0.5) * scale);
    }

    private static (int First, int Last) Extent(double center, double radius, int source) =>
        (Math.Max((int)(center - radius + 0.5), 0), Math.Min((int)(center + radius + 0.5), source));

    private static short[] Quantize(ReadOnlySpan<double> exact, int taps, int bits)
    {
        var weights = new short[exact.Length];
        var one = 1 << bits;
        for (var at = 0; at < exact.Length; at += taps)
        {
            var (rest, largest) = (one, at);
            for (var k = at; k < at + taps; k++)
            {
                weights[k] = (short)Math.Round(exact[k] * one);
                rest -= weights[k];
                if (Math.Abs(exact[k]) > Math.Abs(exact[largest])) largest = k;
            }
            weights[largest] += (short)rest;
        }
        return weights;
    }

    private static short[] Pair(short[] weights)
    {
        var paired = new short[weights.Length * 4];
        for (var k = 0; k < weights.Length; k += 2)
            for (var copy = 0; copy < 4; copy++)
                weights.AsSpan(k, 2).CopyTo(paired.AsSpan((k * 4) + (copy * 2)));
        return paired;
    }

    private static double Radius(ResizeFilter filter) => filter switch
    {
        ResizeFilter.Bilinear => 1,
        ResizeFilter.Bicubic => 2,
        ResizeFilter.Lanczos => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "has no kernel"),
    };

    private static double Value(ResizeFilter filter, double x)
    {
        x = Math.Abs(x);
        return filter switch
        {
            ResizeFilter.Bilinear => x < 1 ? 1 - x : 0,
            ResizeFilter.Bicubic when x < 1 => (((1.5 * x) - 2.5) * x * x) + 1,
            ResizeFilter.Bicubic when x < 2 => (((((x - 5) * x) + 8) * x) - 4) * -0.5,
            ResizeFilter.Lanczos when x < 3 => Sinc(x) * Sinc(x / 3),
            _ => 0,
        };
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
