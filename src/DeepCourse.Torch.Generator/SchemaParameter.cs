using System.Text.RegularExpressions;

namespace DeepCourse.Torch.Generator;

/// <summary>One parameter of a schema.</summary>
/// <param name="RawType">The type as written, with its alias annotation.</param>
/// <param name="Default">The default as written, or null when the argument is required.</param>
public sealed partial record SchemaParameter(string RawType, string Name, string? Default)
{
    private static readonly HashSet<string> s_keywords =
        ["out", "base", "params", "in", "ref", "this", "default", "object", "string", "operator", "implicit", "unsafe"];

    /// <summary>Whether the C# parameter may be left out.</summary>
    public bool IsOptional { get; init; }

    /// <summary>The type without annotation and list length: <c>int[]</c> for <c>SymInt[2]</c>.</summary>
    public string Type => Annotations().Replace(RawType, "").Replace("SymInt", "int", StringComparison.Ordinal);

    public string Identifier => s_keywords.Contains(Name) ? "@" + Name : Name;

    public static SchemaParameter Parse(string text)
    {
        var match = Declaration().Match(text);
        if (!match.Success) throw new FormatException($"'{text}' is no parameter of a schema");
        return new(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Success ? match.Groups[3].Value : null);
    }

    /// <summary>The parameter's C# type in the raw layer.</summary>
    public string CSharpType
    {
        get
        {
            var type = Type switch
            {
                "Tensor" => "torch.Tensor",
                "Tensor?" => "torch.Tensor?",
                "int" => "long",
                "int?" => "long?",
                "float" => "double",
                "float?" => "double?",
                "bool" or "bool?" or "Scalar" or "Scalar?" => Type,
                "str" => "string",
                "str?" => "string?",
                "ScalarType" or "Device" => "torch." + Type,
                "ScalarType?" or "Device?" or "Generator?" => "torch." + Type,
                "Layout" or "MemoryFormat" or "Layout?" or "MemoryFormat?" => "int?",
                "int[]" => "ReadOnlySpan<long>",
                "int[]?" => "long[]?",
                "float[]" => "ReadOnlySpan<double>",
                "float[]?" => "double[]?",
                "bool[]" => "ReadOnlySpan<bool>",
                "Tensor[]" => "ReadOnlySpan<torch.Tensor>",
                "Tensor?[]" => "ReadOnlySpan<torch.Tensor?>",
                _ => throw new FormatException($"type '{RawType}' is not bound"),
            };
            // Null, or an empty list, stands for the schema's own default.
            return IsOptional && !type.StartsWith("ReadOnlySpan", StringComparison.Ordinal) ? type.TrimEnd('?') + "?" : type;
        }
    }

    [GeneratedRegex(@"\([a-z]!?( -> \*)?\)|(?<=\[)\d+(?=\])")]
    private static partial Regex Annotations();

    [GeneratedRegex(@"^([^=]*[^=\s])\s+([A-Za-z_]\w*)(?:=(.*))?$")]
    private static partial Regex Declaration();
}
