namespace TorchSharp.Modules;

/// <summary>
/// The sizes of a window in every dimension, from one number or a tuple. A missing size stays missing: the operator
/// then uses its own default.
/// </summary>
internal static class Dimensions
{
    public static long[] Of(long size, int count)
    {
        var sizes = new long[count];
        Array.Fill(sizes, size);
        return sizes;
    }

    public static long[] Of(long? size, int count) => size is { } value ? Of(value, count) : null!;

    public static long[] Of((long, long) size) => [size.Item1, size.Item2];

    public static long[] Of((long, long)? size) => size is { } value ? Of(value) : null!;

    public static long[] Of((long, long, long) size) => [size.Item1, size.Item2, size.Item3];

    public static long[] Of((long, long, long)? size) => size is { } value ? Of(value) : null!;

    public static double[] Of(double? ratio, int count)
    {
        if (ratio is not { } value) return null!;
        var ratios = new double[count];
        Array.Fill(ratios, value);
        return ratios;
    }

    public static double[] Of((double, double)? ratio) => ratio is { } value ? [value.Item1, value.Item2] : null!;

    public static double[] Of((double, double, double)? ratio) =>
        ratio is { } value ? [value.Item1, value.Item2, value.Item3] : null!;
}
