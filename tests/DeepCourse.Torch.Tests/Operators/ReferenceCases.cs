using System.Text.Json;

namespace DeepCourse.Torch.Tests.Operators;

/// <summary>One call and PyTorch's answer.</summary>
public sealed record ReferenceCase(int Number, string Member, JsonElement Arguments, JsonElement Results, bool IsSeeded);

/// <summary>The contents of ops.json; make_ops.py beside it explains the format.</summary>
public static class ReferenceCases
{
    private static readonly JsonDocument s_document = JsonDocument.Parse(File.ReadAllBytes(Repository.Reference("ops.json")));

    public static string Version { get; } = s_document.RootElement.GetProperty("torch").GetString()!;

    public static IReadOnlyList<ReferenceCase> All { get; } =
    [
        .. s_document.RootElement.GetProperty("cases").EnumerateArray().Select((c, i) =>
            new ReferenceCase(i, c[0].GetString()!, c[1], c[2], c.GetArrayLength() > 3)),
    ];

    /// <summary>A fresh copy of a tensor of the pool.</summary>
    public static torch.Tensor Tensor(string name) => Tensor(s_document.RootElement.GetProperty("tensors").GetProperty(name));

    /// <summary>[type, sizes, numbers] as a tensor; complex numbers stand as pairs.</summary>
    public static torch.Tensor Tensor(JsonElement encoded)
    {
        var type = encoded[0].GetString()!;
        long[] sizes = [.. encoded[1].EnumerateArray().Select(n => n.GetInt64())];
        double[] numbers = [.. encoded[2].EnumerateArray().Select(Number)];
        using var scope = NewDisposeScope();
        var isComplex = type.StartsWith("complex", StringComparison.Ordinal);
        var tensor = torch.tensor(numbers).reshape(isComplex ? [.. sizes, 2] : sizes);
        if (isComplex) tensor = tensor.view_as_complex();
        return tensor.to_type(TypeOf(type)).MoveToOuterDisposeScope();
    }

    private static double Number(JsonElement element) => element.ValueKind != JsonValueKind.String ? element.GetDouble() : element.GetString() switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.NaN,
    };

    private static ScalarType TypeOf(string name) => name switch
    {
        "float32" => ScalarType.Float32,
        "float64" => ScalarType.Float64,
        "int64" => ScalarType.Int64,
        "int32" => ScalarType.Int32,
        "uint8" => ScalarType.Byte,
        "bool" => ScalarType.Bool,
        "complex64" => ScalarType.ComplexFloat32,
        "complex128" => ScalarType.ComplexFloat64,
        _ => throw new NotSupportedException($"The reference file has no type {name}."),
    };
}
