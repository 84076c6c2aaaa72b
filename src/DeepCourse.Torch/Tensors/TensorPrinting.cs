using System.Globalization;
using System.Text;
using TorchSharp.Interop;

namespace TorchSharp;

public enum TensorStringStyle
{
    Metadata = 0,
    Julia = 1,
    Numpy = 2,
    CSharp = 3,
    Default = 4,
}

public static partial class TensorExtensionMethods
{
    /// <summary>Shape, type and device, without the elements.</summary>
    public static string metastr(this torch.Tensor tensor) =>
        $"[{string.Join("x", tensor.shape)}], type = {tensor.dtype}, device = {tensor.device}";

    /// <summary>The elements in nested brackets; long dimensions show their ends.</summary>
    public static string npstr(
        this torch.Tensor tensor, string? fltFormat = "g5", int? width = 100, string? newLine = null, CultureInfo? cultureInfo = null)
    {
        using var here = tensor.device_type == DeviceType.CPU ? Aten.contiguous(Aten.detach(tensor)) : tensor.cpu();
        var text = new StringBuilder();
        var print = torch.Printing;
        new TensorWriter(
            here, fltFormat ?? print.FloatFormat, width ?? print.LineWidth, newLine ?? print.NewLine,
            cultureInfo ?? CultureInfo.InvariantCulture).Write(text);
        return text.ToString();
    }

    public static string str(
        this torch.Tensor tensor, string? fltFormat = null, int? width = null, string? newLine = null,
        CultureInfo? cultureInfo = null, TensorStringStyle style = TorchSharp.TensorStringStyle.Default) =>
        tensor.ToString(style, fltFormat, width, cultureInfo, newLine);

    public static torch.Tensor print(
        this torch.Tensor t, string? fltFormat = "g5", int? width = 100, string? newLine = null,
        CultureInfo? cultureInfo = null, TensorStringStyle style = TorchSharp.TensorStringStyle.Default)
    {
        Console.WriteLine(t.ToString(style, fltFormat, width, cultureInfo, newLine));
        return t;
    }
}

public static partial class torch
{
    public const TensorStringStyle csharp = TorchSharp.TensorStringStyle.CSharp;
    public const TensorStringStyle julia = TorchSharp.TensorStringStyle.Julia;
    public const TensorStringStyle numpy = TorchSharp.TensorStringStyle.Numpy;

    public partial class Tensor
    {
        public override string ToString() => IsInvalid ? "(disposed tensor)" : this.metastr();

        public string ToString(
            TensorStringStyle style, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null) =>
            (style == TorchSharp.TensorStringStyle.Default ? Printing.Style : style) == TorchSharp.TensorStringStyle.Metadata
                ? this.metastr()
                : this.npstr(fltFormat, width, newLine, cultureInfo);
    }
}

/// <summary>Writes a contiguous CPU tensor as nested brackets, broken where a line grows too long.</summary>
internal sealed class TensorWriter(torch.Tensor tensor, string format, int width, string newLine, CultureInfo culture)
{
    private readonly long[] sizes = tensor.shape;
    private readonly Func<long, string> element = Reader(tensor, format, culture);
    private readonly (int Rows, int Columns) most = (torch.Printing.MaxRows, torch.Printing.MaxColumns);
    private int lineStart;

    internal void Write(StringBuilder text) => Write(text, 0, 0);

    private void Write(StringBuilder text, int dimension, long start)
    {
        if (dimension == sizes.Length)
        {
            text.Append(element(start));
            return;
        }
        long step = 1;
        for (var i = dimension + 1; i < sizes.Length; i++) step *= sizes[i];
        var last = dimension == sizes.Length - 1;
        var shown = last ? most.Columns : most.Rows;
        text.Append('[');
        for (long i = 0; i < sizes[dimension]; i++)
        {
            var left = sizes[dimension] > shown && i == (shown + 1) / 2;
            if (i > 0)
            {
                var next = left ? "..." : last ? element(start + i * step) : "";
                if (last && text.Length - lineStart + 2 + next.Length < width) text.Append(", ");
                else Break(text, dimension);
            }
            if (left)
            {
                text.Append("...");
                i = sizes[dimension] - shown / 2 - 1;
                continue;
            }
            Write(text, dimension + 1, start + i * step);
        }
        text.Append(']');
    }

    private void Break(StringBuilder text, int dimension)
    {
        text.Append(',').Append(newLine);
        lineStart = text.Length;
        text.Append(' ', dimension + 1);
    }

    private static Func<long, string> Reader(torch.Tensor tensor, string format, CultureInfo culture) => tensor.dtype switch
    {
        torch.ScalarType.Float32 => i => tensor.ReadCpuSingle(i).ToString(format, culture),
        torch.ScalarType.Float64 => i => tensor.ReadCpuDouble(i).ToString(format, culture),
        torch.ScalarType.Float16 => i => tensor.ReadCpuFloat16(i).ToString(format, culture),
        torch.ScalarType.BFloat16 => i => tensor.ReadCpuBFloat16(i).ToString(format, culture),
        torch.ScalarType.Int64 => i => tensor.ReadCpuInt64(i).ToString(culture),
        torch.ScalarType.Int32 => i => tensor.ReadCpuInt32(i).ToString(culture),
        torch.ScalarType.Int16 => i => tensor.ReadCpuInt16(i).ToString(culture),
        torch.ScalarType.Int8 => i => tensor.ReadCpuSByte(i).ToString(culture),
        torch.ScalarType.Byte => i => tensor.ReadCpuByte(i).ToString(culture),
        torch.ScalarType.Bool => i => tensor.ReadCpuBool(i) ? "True" : "False",
        torch.ScalarType.ComplexFloat64 => i => tensor.ReadCpuValue<System.Numerics.Complex>(i).ToString(format, culture),
        torch.ScalarType.ComplexFloat32 => i => tensor.ReadCpuValue<(float, float)>(i).ToString(),
        var type => throw new NotSupportedException($"Elements of type {type} cannot be printed."),
    };
}
