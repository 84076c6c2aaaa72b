namespace TorchSharp;

public static partial class torch
{
    /// <summary>The limits of a type of floating-point numbers.</summary>
    public struct FInfo
    {
        public int bits;
        public double eps;
        public double max;
        public double min;
        public double tiny;
        public double smallest_normal;
        public double resolution;
    }

    public static FInfo finfo() => finfo(get_default_dtype());

    public static FInfo finfo(ScalarType dtype) => dtype switch
    {
        // Bits of the fraction and of the exponent say the rest (IEEE 754).
        ScalarType.Float16 => Limits(bits: 16, fraction: 10, exponent: 5, resolution: 1e-3),
        ScalarType.BFloat16 => Limits(bits: 16, fraction: 7, exponent: 8, resolution: 1e-2),
        ScalarType.Float32 or ScalarType.ComplexFloat32 => Limits(bits: 32, fraction: 23, exponent: 8, resolution: 1e-6),
        ScalarType.Float64 or ScalarType.ComplexFloat64 => Limits(bits: 64, fraction: 52, exponent: 11, resolution: 1e-15),
        _ => throw new ArgumentException($"{dtype} is no type of floating-point numbers.", nameof(dtype)),
    };

    private static FInfo Limits(int bits, int fraction, int exponent, double resolution)
    {
        var bias = (1 << (exponent - 1)) - 1;
        var largest = (2 - Math.ScaleB(1, -fraction)) * Math.ScaleB(1, bias);
        var smallest = Math.ScaleB(1, 1 - bias);
        return new FInfo
        {
            bits = bits,
            eps = Math.ScaleB(1, -fraction),
            max = largest,
            min = -largest,
            tiny = smallest,
            smallest_normal = smallest,
            resolution = resolution,
        };
    }
}
