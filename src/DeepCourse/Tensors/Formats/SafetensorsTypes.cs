namespace DeepCourse.Tensors.Formats;

/// <summary>The element types of safetensors under the names of the format.</summary>
internal static class SafetensorsTypes
{
    private static readonly (string Name, ScalarType Type)[] Table =
    [
        ("BOOL", ScalarType.Bool), ("U8", ScalarType.Byte), ("I8", ScalarType.Int8), ("I16", ScalarType.Int16),
        ("I32", ScalarType.Int32), ("I64", ScalarType.Int64), ("F16", ScalarType.Float16),
        ("BF16", ScalarType.BFloat16), ("F32", ScalarType.Float32), ("F64", ScalarType.Float64),
        ("C64", ScalarType.ComplexFloat32),
    ];

    public static string Supported => string.Join(", ", Table.Select(row => row.Name));

    public static ScalarType? TypeOf(string name) =>
        Array.Find(Table, row => row.Name == name) is { Name: not null } row ? row.Type : null;

    public static string? NameOf(ScalarType type) => Array.Find(Table, row => row.Type == type).Name;
}
