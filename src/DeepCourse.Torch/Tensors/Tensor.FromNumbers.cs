namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public static implicit operator Tensor((float, float) value) => FromSpan<(float, float)>([value], [], null, null, false);

        public static implicit operator Tensor((float, float)[] value) => FromArray(value, [value.LongLength], null, null, false);

        public static implicit operator Tensor(Scalar scalar) => FromScalar(scalar);

        public static implicit operator Tensor(System.Numerics.Complex value) => FromSpan<System.Numerics.Complex>([value], [], null, null, false);

        public static implicit operator Tensor(System.Numerics.Complex[] value) => FromArray(value, [value.LongLength], null, null, false);

        public static implicit operator Tensor(bool value) => FromSpan<bool>([value], [], null, null, false);

        public static implicit operator Tensor(bool[] value) => FromArray(value, [value.LongLength], null, null, false);

        public static implicit operator Tensor(byte value) => FromSpan<byte>([value], [], null, null, false);

        public static implicit operator Tensor(byte[] value) => FromArray(value, [value.LongLength], null, null, false);

        public static implicit operator Tensor(double value) => FromSpan<double>([value], [], null, null, false);

        public static implicit operator Tensor(double[] value) => FromArray(value, [value.LongLength], null, null, false);

        public static implicit operator Tensor(float value) => FromSpan<float>([value], [], null, null, false);

        public static implicit operator Tensor(float[] value) => FromArray(value, [value.LongLength], null, null, false);

        public static implicit operator Tensor(int value) => FromSpan<int>([value], [], null, null, false);

        public static implicit operator Tensor(int[] value) => FromArray(value, [value.LongLength], null, null, false);

        public static implicit operator Tensor(long value) => FromSpan<long>([value], [], null, null, false);

        public static implicit operator Tensor(long[] value) => FromArray(value, [value.LongLength], null, null, false);

        public static implicit operator Tensor(sbyte value) => FromSpan<sbyte>([value], [], null, null, false);

        public static implicit operator Tensor(sbyte[] value) => FromArray(value, [value.LongLength], null, null, false);

        public static implicit operator Tensor(short value) => FromSpan<short>([value], [], null, null, false);

        public static implicit operator Tensor(short[] value) => FromArray(value, [value.LongLength], null, null, false);

        public static explicit operator float(Tensor value) => value.ToSingle();

        public static explicit operator double(Tensor value) => value.ToDouble();

        public static explicit operator sbyte(Tensor value) => value.ToSByte();

        public static explicit operator byte(Tensor value) => value.ToByte();

        public static explicit operator short(Tensor value) => value.ToInt16();

        public static explicit operator int(Tensor value) => value.ToInt32();

        public static explicit operator long(Tensor value) => value.ToInt64();

        public static explicit operator bool(Tensor value) => value.ToBoolean();

        private static Tensor FromScalar(Scalar scalar) =>
            scalar.IsComplex ? FromSpan<System.Numerics.Complex>([scalar.ToComplexFloat64()], [], null, null, false)
            : scalar.Type == ScalarType.Bool ? FromSpan<bool>([scalar.ToBoolean()], [], null, null, false)
            : scalar.IsFloatingPoint ? FromSpan<double>([scalar.ToDouble()], [], scalar.Type, null, false)
            : FromSpan<long>([scalar.ToInt64()], [], scalar.Type, null, false);
    }
}
