namespace DeepCourse.Torch.Generator;

/// <summary>What a raw method returns and which of the door's calls fetches it.</summary>
internal static class RawResult
{
    private static readonly string[] s_counts = ["None", "One", "Two", "Three", "Four", "Five"];

    public static string Type(Schema schema) => schema.ReturnTypes.Count switch
    {
        0 => "void",
        1 => Single(schema.ReturnTypes[0]) switch
        {
            "Tensor" => "torch.Tensor",
            "Tensor[]" => "torch.Tensor[]",
            "int" => "long",
            "float" => "double",
            "bool" => "bool",
            "Scalar" => "Scalar",
            "ScalarType" => "torch.ScalarType",
            var other => throw new FormatException($"result '{other}' of {schema.Method} is not bound"),
        },
        <= 5 when schema.ReturnTypes.All(r => Single(r) == "Tensor") =>
            $"({string.Join(", ", schema.ReturnTypes.Select(_ => "torch.Tensor"))})",
        _ => throw new FormatException($"result '{schema.Returns}' of {schema.Method} is not bound"),
    };

    public static string Call(Schema schema, string door, string arguments)
    {
        if (schema.ReturnTypes.Count == 0) return $"{door}.None({arguments});";
        if (schema.Aliased.Count > 0) return $"{door}.InPlace({arguments});";
        return "var outcome = " + Type(schema) switch
        {
            "torch.Tensor" => $"{door}.One({arguments});",
            "torch.Tensor[]" => $"{door}.List({arguments});",
            "long" => $"{door}.Integer({arguments});",
            "double" => $"{door}.Double({arguments});",
            "bool" => $"{door}.Boolean({arguments});",
            "Scalar" => $"{door}.Scalar({arguments});",
            "torch.ScalarType" => $"(torch.ScalarType){door}.Integer({arguments});",
            _ => $"{door}.{s_counts[schema.ReturnTypes.Count]}({arguments});",
        };
    }

    public static string? Return(Schema schema)
    {
        if (schema.ReturnTypes.Count == 0) return null;
        if (schema.Aliased.Count == 0) return "return outcome;";
        var own = string.Join(", ", schema.Aliased.Select(p => p.Identifier));
        return schema.Aliased.Count == 1 ? $"return {own};" : $"return ({own});";
    }

    // "Tensor(a!) values" -> "Tensor"
    private static string Single(string type)
    {
        var name = SchemaParameter.Parse(type + " result").Type;
        return name.Split(' ')[0];
    }
}
