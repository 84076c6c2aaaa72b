using System.Numerics;
using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>A number of any kind, on its way to an operator. Purely managed: disposing it does nothing.</summary>
public sealed class Scalar : IDisposable
{
    private readonly long integer;
    private readonly double real;
    private readonly double[]? complex;

    private Scalar(torch.ScalarType type, long integer) => (Type, this.integer) = (type, integer);

    private Scalar(torch.ScalarType type, double real) => (Type, this.real) = (type, real);

    private Scalar(torch.ScalarType type, double real, double imaginary)
    {
        Type = type;
        // Pinned, since the shim reads the two parts through a pointer.
        complex = GC.AllocateUninitializedArray<double>(2, pinned: true);
        (complex[0], complex[1]) = (real, imaginary);
    }

    public torch.ScalarType Type { get; }

    internal bool IsComplex => complex is not null;

    internal bool IsFloatingPoint =>
        Type is torch.ScalarType.Float16 or torch.ScalarType.BFloat16 or torch.ScalarType.Float32 or torch.ScalarType.Float64;

    internal double Real => complex is { } parts ? parts[0] : IsFloatingPoint ? real : integer;

    internal double Imaginary => complex is { } parts ? parts[1] : 0;

    internal long Integer => complex is { } parts ? (long)parts[0] : IsFloatingPoint ? (long)real : integer;

    internal unsafe Argument ToArgument()
    {
        if (complex is not null)
            return Argument.Complex((double*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(complex, 0));
        if (Type == torch.ScalarType.Bool) return Argument.From(integer != 0);
        return IsFloatingPoint ? Argument.From(real) : Argument.From(integer);
    }

    internal static unsafe Scalar FromResult(Argument result)
    {
        switch (result.Tag)
        {
            case Argument.Kind.Boolean: return result.Payload != 0;
            case Argument.Kind.Integer: return result.Payload;
            case Argument.Kind.Double: return result.AsDouble;
            case Argument.Kind.Complex:
                var parts = (double*)result.Payload;
                Scalar value = new Complex(parts[0], parts[1]);
                NativeMethods.dct_free(parts);
                return value;
            default: throw new InvalidOperationException($"{result.Tag} is not a number.");
        }
    }

    public void Dispose()
    {
    }


    public static implicit operator Scalar(byte value) => new(torch.ScalarType.Byte, (long)value);

    public static implicit operator Scalar(sbyte value) => new(torch.ScalarType.Int8, (long)value);

    public static implicit operator Scalar(short value) => new(torch.ScalarType.Int16, (long)value);

    public static implicit operator Scalar(int value) => new(torch.ScalarType.Int32, (long)value);

    public static implicit operator Scalar(long value) => new(torch.ScalarType.Int64, value);

    public static implicit operator Scalar(bool value) => new(torch.ScalarType.Bool, value ? 1L : 0L);

    public static implicit operator Scalar(Half value) => new(torch.ScalarType.Float16, (double)value);

    public static implicit operator Scalar(BFloat16 value) => new(torch.ScalarType.BFloat16, (double)value.ToSingle());

    public static implicit operator Scalar(float value) => new(torch.ScalarType.Float32, (double)value);

    public static implicit operator Scalar(double value) => new(torch.ScalarType.Float64, value);

    public static implicit operator Scalar((float, float) value) =>
        new(torch.ScalarType.ComplexFloat32, value.Item1, value.Item2);

    public static implicit operator Scalar(Complex value) =>
        new(torch.ScalarType.ComplexFloat64, value.Real, value.Imaginary);
}
