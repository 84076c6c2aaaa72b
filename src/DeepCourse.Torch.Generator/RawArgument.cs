namespace DeepCourse.Torch.Generator;

/// <summary>How one parameter of the raw layer becomes a tagged value.</summary>
internal static class RawArgument
{
    // Lists of handles up to this length stay on the stack.
    private const int HandlesOnStack = 32;

    /// <summary>Statements before the call: text as UTF-8, tensors as handles.</summary>
    public static string Preparation(SchemaParameter parameter)
    {
        var name = parameter.Name;
        return parameter.Type switch
        {
            "str" or "str?" => $"Span<byte> {name}Bytes = stackalloc byte[({parameter.Identifier}?.Length ?? 0) * 3];\n" +
                $"var {name}Length = {parameter.Identifier} == null ? 0 : System.Text.Encoding.UTF8.GetBytes({parameter.Identifier}, {name}Bytes);\n",
            "Tensor[]" or "Tensor?[]" =>
                $"Span<IntPtr> {name}Handles = {parameter.Identifier}.Length <= {HandlesOnStack} " +
                $"? stackalloc IntPtr[{HandlesOnStack}] : new IntPtr[{parameter.Identifier}.Length];\n" +
                $"TensorHandles.Copy({parameter.Identifier}{(parameter.Type == "Tensor?[]" ? "!" : "")}, {name}Handles);\n",
            _ => "",
        };
    }

    /// <summary>The pinned pointer of a list or a text, if the parameter is one.</summary>
    public static string? Pin(SchemaParameter parameter) => parameter.Type switch
    {
        "int[]" or "int[]?" => $"long* {parameter.Name}Pointer = {parameter.Identifier}",
        "float[]" or "float[]?" => $"double* {parameter.Name}Pointer = {parameter.Identifier}",
        "bool[]" => $"bool* {parameter.Name}Pointer = {parameter.Identifier}",
        "str" or "str?" => $"byte* {parameter.Name}Pointer = {parameter.Name}Bytes",
        "Tensor[]" or "Tensor?[]" => $"IntPtr* {parameter.Name}Pointer = {parameter.Name}Handles",
        _ => null,
    };

    public static string Expression(SchemaParameter parameter)
    {
        var value = parameter.Identifier;
        var pointer = parameter.Name + "Pointer";
        var (constructed, isEmpty) = parameter.Type switch
        {
            "int[]" => ($"Argument.Integers({pointer}, {value}.Length)", $"{value}.IsEmpty"),
            "float[]" => ($"Argument.Doubles({pointer}, {value}.Length)", $"{value}.IsEmpty"),
            "bool[]" => ($"Argument.Booleans({pointer}, {value}.Length)", $"{value}.IsEmpty"),
            "Tensor[]" or "Tensor?[]" => ($"Argument.Tensors({pointer}, {value}.Length)", $"{value}.IsEmpty"),
            "int[]?" => ($"Argument.Integers({pointer}, {value}.Length)", $"{value} == null"),
            "float[]?" => ($"Argument.Doubles({pointer}, {value}.Length)", $"{value} == null"),
            "str" or "str?" => ($"Argument.Text({pointer}, {parameter.Name}Length)", $"{value} == null"),
            "Layout" or "Layout?" or "MemoryFormat" or "MemoryFormat?" => ($"Argument.From((long?){value})", $"{value} == null"),
            "int" or "float" or "bool" when parameter.IsOptional => ($"Argument.Optional({value})", ""),
            "int?" or "float?" or "bool?" when parameter.IsOptional && parameter.Default != "None" => ($"Argument.Optional({value})", ""),
            _ => ($"Argument.From({value})", $"{value} == null"),
        };

        var givesNone = parameter.Type.EndsWith('?') && (!parameter.IsOptional || parameter.Default == "None");
        var isList = parameter.Type is "int[]?" or "float[]?" or "str?";
        if (constructed.StartsWith("Argument.Optional", StringComparison.Ordinal)) return constructed;
        if (givesNone) return isList ? $"{isEmpty} ? Argument.None : {constructed}" : constructed;
        return parameter.IsOptional ? $"{isEmpty} ? Argument.Absent : {constructed}" : constructed;
    }

    public static string? KeepAlive(SchemaParameter parameter) => parameter.Type switch
    {
        "Tensor" or "Tensor?" or "Generator?" or "Scalar" or "Scalar?" => $"GC.KeepAlive({parameter.Identifier});",
        "Tensor[]" or "Tensor?[]" => $"KeepAlive({parameter.Identifier}{(parameter.Type == "Tensor?[]" ? "!" : "")});",
        _ => null,
    };
}
