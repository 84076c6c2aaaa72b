namespace DeepCourse.Torch.Generator;

/// <summary>One operator overload as the dispatcher knows it: <c>add.Tensor(Tensor self, ...) -> Tensor</c>.</summary>
public sealed record Schema(string Name, string Overload, IReadOnlyList<SchemaParameter> Parameters, string Returns)
{
    /// <summary>The method of the raw layer: <c>add_Tensor</c>.</summary>
    public string Method => Overload.Length == 0 ? Name : $"{Name}_{Overload}";

    /// <summary>The argument that the operator writes to and returns, if it returns one of its own.</summary>
    public IReadOnlyList<SchemaParameter> Aliased =>
        [.. ReturnTypes.Select(r => AliasOf(r)).Where(a => a != null).Select(a => Parameters.First(p => AliasOf(p.RawType) == a))];

    public IReadOnlyList<string> ReturnTypes =>
        Returns == "()" ? [] : Returns.StartsWith('(') ? Splitting.AtCommas(Returns[1..^1]) : [Returns];

    public static Schema Parse(string line)
    {
        var open = line.IndexOf('(', StringComparison.Ordinal);
        if (open < 0) throw new FormatException($"'{line}' is no operator schema");
        var close = Splitting.Closing(line, open);
        var arrow = line.IndexOf("->", close, StringComparison.Ordinal);
        if (arrow < 0) throw new FormatException($"'{line}' has no result");

        var name = line[..open].Split('.', 2);
        var parameters = Splitting.AtCommas(line[(open + 1)..close]).Where(p => p != "*").Select(SchemaParameter.Parse).ToList();
        return new(name[0], name.Length > 1 ? name[1] : "", MarkOptional(parameters), line[(arrow + 2)..].Trim());
    }

    // C# wants optional parameters last; a schema may follow one with a required keyword.
    private static List<SchemaParameter> MarkOptional(List<SchemaParameter> parameters)
    {
        var lastRequired = parameters.FindLastIndex(p => p.Default == null);
        return [.. parameters.Select((p, i) => p with { IsOptional = i > lastRequired })];
    }

    // "Tensor(a!)" -> "a"; views ("Tensor(a)") make a new handle and do not count.
    private static string? AliasOf(string type)
    {
        var mark = type.IndexOf("!)", StringComparison.Ordinal);
        return mark < 0 ? null : type[(type.IndexOf('(', StringComparison.Ordinal) + 1)..mark];
    }
}
