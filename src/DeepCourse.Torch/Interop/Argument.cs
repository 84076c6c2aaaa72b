using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>One argument or result of an operator, laid out as the shim reads it (door.cpp, struct Value).</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct Argument
{
    internal enum Kind
    {
        Absent, None, Tensor, Integer, Double, Boolean, Complex, Integers, Doubles, Booleans, Tensors, Text, Device, Generator,
    }

    internal readonly long Payload;
    internal readonly Kind Tag;
    internal readonly int Length;

    private Argument(long payload, Kind tag, int length = 0) => (Payload, Tag, Length) = (payload, tag, length);

    /// <summary>The schema's default.</summary>
    internal static Argument Absent => default;

    internal static Argument None => new(0, Kind.None);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Argument From(torch.Tensor? tensor) => tensor is null ? None : new(tensor.Handle, Kind.Tensor);

    internal static Argument From(long value) => new(value, Kind.Integer);

    internal static Argument From(long? value) => value is { } number ? From(number) : None;

    internal static Argument From(double value) => new(BitConverter.DoubleToInt64Bits(value), Kind.Double);

    internal static Argument From(double? value) => value is { } number ? From(number) : None;

    internal static Argument From(bool value) => new(value ? 1 : 0, Kind.Boolean);

    internal static Argument From(bool? value) => value is { } flag ? From(flag) : None;

    internal static Argument From(Scalar? value) => value is null ? None : value.ToArgument();

    internal static Argument From(torch.ScalarType value) => From((long)value);

    internal static Argument From(torch.ScalarType? value) => value is { } type ? From((long)type) : None;

    internal static Argument From(torch.Device? value) =>
        value is null ? None : new((long)value.type << 32 | (uint)value.index, Kind.Device);

    internal static Argument From(torch.Generator? value) => value is null ? None : new(value.Handle, Kind.Generator);

    internal static Argument Optional(long? value) => value is { } number ? From(number) : Absent;

    internal static Argument Optional(double? value) => value is { } number ? From(number) : Absent;

    internal static Argument Optional(bool? value) => value is { } flag ? From(flag) : Absent;

    internal static Argument Optional(Scalar? value) => value is null ? Absent : value.ToArgument();

    internal static Argument Complex(double* parts) => new((long)parts, Kind.Complex, 2);

    internal static Argument Integers(long* items, int count) => new((long)items, Kind.Integers, count);

    internal static Argument Doubles(double* items, int count) => new((long)items, Kind.Doubles, count);

    internal static Argument Booleans(bool* items, int count) => new((long)items, Kind.Booleans, count);

    /// <summary>A list of tensors; a zero handle stands for none.</summary>
    internal static Argument Tensors(IntPtr* handles, int count) => new((long)handles, Kind.Tensors, count);

    internal static Argument Text(byte* utf8, int count) => new((long)utf8, Kind.Text, count);

    internal double AsDouble => BitConverter.Int64BitsToDouble(Payload);
}
