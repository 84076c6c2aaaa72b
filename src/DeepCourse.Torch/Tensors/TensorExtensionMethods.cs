using System.Numerics;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class TensorExtensionMethods
{
    public static int ElementSize(this torch.ScalarType type) => ElementTypes.Size(type);

    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, (product, size) => product * size);

    public static ReadOnlySpan<int> IntShape(this torch.Tensor tensor) =>
        Array.ConvertAll(tensor.shape, size => checked((int)size));

    public static torch.Tensor ToTensor<T>(this T[] rawArray, long[] dimensions, bool doCopy = false, bool requires_grad = false) =>
        torch.FromArray(rawArray, dimensions, null, null, requires_grad);

    public static torch.Tensor ToTensor<T>(this T scalar, torch.Device? device = null, bool requires_grad = false) where T : struct =>
        torch.FromArray(new[] { scalar }, [], null, device, requires_grad);

    public static byte ToByte(this torch.Tensor value) => Single(value).ToByte();

    public static sbyte ToSByte(this torch.Tensor value) => Single(value).ToSByte();

    public static short ToInt16(this torch.Tensor value) => Single(value).ToInt16();

    public static int ToInt32(this torch.Tensor value) => Single(value).ToInt32();

    public static long ToInt64(this torch.Tensor value) => Single(value).ToInt64();

    public static bool ToBoolean(this torch.Tensor value) => Single(value).ToBoolean();

    public static Half ToHalf(this torch.Tensor value) => Single(value).ToHalf();

    public static BFloat16 ToBFloat16(this torch.Tensor value) => Single(value).ToBFloat16();

    public static float ToSingle(this torch.Tensor value) => Single(value).ToSingle();

    public static double ToDouble(this torch.Tensor value) => Single(value).ToDouble();

    public static (float Real, float Imaginary) ToComplexFloat32(this torch.Tensor value) => Single(value).ToComplexFloat32();

    public static Complex ToComplexFloat64(this torch.Tensor value) => Single(value).ToComplexFloat64();

    public static (float Real, float Imaginary) ToComplex32(this torch.Tensor value) => value.ToComplexFloat32();

    public static Complex ToComplex64(this torch.Tensor value) => value.ToComplexFloat64();

    private static Scalar Single(torch.Tensor value) => value.ToScalar();
}
