namespace DeepCourse.Tensors.Formats;

/// <summary>The only names a pickle may use. None of them is looked up anywhere: each has a meaning of its own here.</summary>
internal static class PickleGlobals
{
    private static readonly Dictionary<string, KnownGlobal> Table = Build();

    public static KnownGlobal Resolve(string module, string name, string path, long position)
    {
        if (Table.TryGetValue($"{module}.{name}", out var known)) return known;
        throw DataFormatException.AtByte(
            path, position, $"the pickle asks for '{module}.{name}', and nothing in it is run: only tensors in plain "
            + "containers are read. If the file is a whole model, save its state_dict() instead");
    }

    private static Dictionary<string, KnownGlobal> Build()
    {
        var table = new Dictionary<string, KnownGlobal>(StringComparer.Ordinal)
        {
            ["collections.OrderedDict"] = new(KnownGlobal.Meaning.Dictionary),
            ["builtins.dict"] = new(KnownGlobal.Meaning.Dictionary),
            ["__builtin__.set"] = new(KnownGlobal.Meaning.Set),
            ["builtins.set"] = new(KnownGlobal.Meaning.Set),
            ["_codecs.encode"] = new(KnownGlobal.Meaning.Text),
            ["torch._utils._rebuild_tensor"] = new(KnownGlobal.Meaning.Tensor),
            ["torch._utils._rebuild_tensor_v2"] = new(KnownGlobal.Meaning.Tensor),
            ["torch._utils._rebuild_parameter"] = new(KnownGlobal.Meaning.Parameter),
            ["torch._utils._rebuild_parameter_with_state"] = new(KnownGlobal.Meaning.Parameter),
            ["torch.Size"] = new(KnownGlobal.Meaning.Tuple),
            ["torch.device"] = new(KnownGlobal.Meaning.Inert),
            ["torch.storage.UntypedStorage"] = new(KnownGlobal.Meaning.Storage),
            ["torch.storage._UntypedStorage"] = new(KnownGlobal.Meaning.Storage),
            ["torch.UntypedStorage"] = new(KnownGlobal.Meaning.Storage),
        };
        foreach (var (storage, dtype, type) in new[]
        {
            ("Double", "float64", ScalarType.Float64), ("Float", "float32", ScalarType.Float32),
            ("Half", "float16", ScalarType.Float16), ("BFloat16", "bfloat16", ScalarType.BFloat16),
            ("Long", "int64", ScalarType.Int64), ("Int", "int32", ScalarType.Int32),
            ("Short", "int16", ScalarType.Int16), ("Char", "int8", ScalarType.Int8), ("Byte", "uint8", ScalarType.Byte),
            ("Bool", "bool", ScalarType.Bool), ("ComplexFloat", "complex64", ScalarType.ComplexFloat32),
            ("ComplexDouble", "complex128", ScalarType.ComplexFloat64),
        })
        {
            table[$"torch.{storage}Storage"] = new(KnownGlobal.Meaning.Storage, type);
            table[$"torch.cuda.{storage}Storage"] = new(KnownGlobal.Meaning.Storage, type);
            table[$"torch.{dtype}"] = new(KnownGlobal.Meaning.Inert, type);
        }
        return table;
    }
}
