using System.Numerics;

namespace TorchSharp.Interop;

/// <summary>Which C# type holds an element of which tensor.</summary>
internal static class ElementTypes
{
    internal static torch.ScalarType Of(Type type) =>
        type == typeof(float) ? torch.ScalarType.Float32
        : type == typeof(double) ? torch.ScalarType.Float64
        : type == typeof(long) ? torch.ScalarType.Int64
        : type == typeof(int) ? torch.ScalarType.Int32
        : type == typeof(short) ? torch.ScalarType.Int16
        : type == typeof(byte) ? torch.ScalarType.Byte
        : type == typeof(sbyte) ? torch.ScalarType.Int8
        : type == typeof(bool) ? torch.ScalarType.Bool
        : type == typeof(Half) ? torch.ScalarType.Float16
        : type == typeof(BFloat16) ? torch.ScalarType.BFloat16
        : type == typeof(Complex) ? torch.ScalarType.ComplexFloat64
        : type == typeof((float, float)) ? torch.ScalarType.ComplexFloat32
        : throw new NotSupportedException($"A tensor cannot hold elements of type {type}.");

    internal static torch.ScalarType Of<T>() => Of(typeof(T));

    internal static void Check<T>(torch.ScalarType dtype)
    {
        if (Of<T>() == dtype || (typeof(T) == typeof(byte) && dtype == torch.ScalarType.QUInt8)) return;
        throw new ArgumentException($"{typeof(T).Name} is not compatible with {dtype}; convert with to_type() first.");
    }

    internal static int Size(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Byte or torch.ScalarType.Int8 or torch.ScalarType.Bool
            or torch.ScalarType.QInt8 or torch.ScalarType.QUInt8 => 1,
        torch.ScalarType.Int16 or torch.ScalarType.Float16 or torch.ScalarType.BFloat16 => 2,
        torch.ScalarType.Int32 or torch.ScalarType.Float32 or torch.ScalarType.QInt32 => 4,
        torch.ScalarType.Int64 or torch.ScalarType.Float64 or torch.ScalarType.ComplexFloat32 => 8,
        torch.ScalarType.ComplexFloat64 => 16,
        _ => throw new NotSupportedException($"The size of {type} is not known."),
    };
}
