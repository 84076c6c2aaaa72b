using System.Numerics;
using System.Runtime.InteropServices;

namespace DeepCourse.Text.Baselines;

/// <summary>Arithmetic on long vectors, as many numbers at a time as the processor takes.</summary>
internal static class Dense
{
    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var a = MemoryMarshal.Cast<double, Vector<double>>(left);
        var b = MemoryMarshal.Cast<double, Vector<double>>(right);
        // Two sums: an addition takes longer than the processor waits to begin the next.
        Vector<double> even = Vector<double>.Zero, odd = Vector<double>.Zero;
        var i = 0;
        for (; i + 1 < a.Length; i += 2)
        {
            even += a[i] * b[i];
            odd += a[i + 1] * b[i + 1];
        }
        var sum = Vector.Sum(even + odd);
        for (var j = i * Vector<double>.Count; j < left.Length; j++) sum += left[j] * right[j];
        return sum;
    }

    /// <summary>target += factor * source.</summary>
    public static void Add(Span<double> target, double factor, ReadOnlySpan<double> source)
    {
        var a = MemoryMarshal.Cast<double, Vector<double>>(target);
        var b = MemoryMarshal.Cast<double, Vector<double>>(source);
        var factors = new Vector<double>(factor);
        for (var i = 0; i < a.Length; i++) a[i] += factors * b[i];
        for (var j = a.Length * Vector<double>.Count; j < target.Length; j++) target[j] += factor * source[j];
    }

    /// <summary>target = factor * target + source.</summary>
    public static void ScaleAndAdd(Span<double> target, double factor, ReadOnlySpan<double> source)
    {
        var a = MemoryMarshal.Cast<double, Vector<double>>(target);
        var b = MemoryMarshal.Cast<double, Vector<double>>(source);
        var factors = new Vector<double>(factor);
        for (var i = 0; i < a.Length; i++) a[i] = (factors * a[i]) + b[i];
        for (var j = a.Length * Vector<double>.Count; j < target.Length; j++) target[j] = (factor * target[j]) + source[j];
    }
}
