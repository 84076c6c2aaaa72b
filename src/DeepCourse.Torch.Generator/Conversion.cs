namespace DeepCourse.Torch.Generator;

/// <summary>Turns a public parameter into the type that the raw layer takes.</summary>
internal static class Conversion
{
    public static string Of(string type, string name, SchemaParameter target, PublicMember member) => (type, target.Type) switch
    {
        // A tensor made from nothing lives on the default device; one made from another stays beside it.
        ("Device?" or "Device", "Device?") when member.Schema.Parameters.All(p => p.Type != "Tensor") => $"InitializeDevice({name})",

        ("Reduction", "int") => $"(long){name}",
        ("RoundingMode", "str?") => $"RoundingName({name})",
        ("FFTNormType", "str?") => $"NormName({name})",
        ("PaddingModes", "str") => $"PaddingName({name})",
        ("Padding", "str") => $"PaddingName({name})",
        ("TorchSharp.Modules.GELU.Approximate", "str") => $"ApproximationName({name})",

        ("long" or "int", "int[]" or "int[]?") => $"[{name}]",
        ("long?", "int[]") => $"{name} is {{ }} {Bare(name)}Value ? [{Bare(name)}Value] : default",
        ("(long, long)" or "(long, long, long)" or "(long, long, long, long)", "int[]" or "int[]?") => Items(type, name),
        ("(long, long)?" or "(long, long, long)?", "int[]") =>
            $"{name} is {{ }} {Bare(name)}Value ? {Items(type.TrimEnd('?'), Bare(name) + "Value")} : default",
        ("Size", "int[]") => $"{name}.Shape",
        ("ReadOnlySpan<long>", "int[]?") => $"{name}.ToArray()",
        ("IList<Tensor>" or "IEnumerable<Tensor>", "Tensor[]") => $"{name}.ToArray()",
        _ => name,
    };

    private static string Items(string tuple, string name) =>
        $"[{string.Join(", ", Splitting.AtCommas(tuple[1..^1]).Select((_, i) => $"{name}.Item{i + 1}"))}]";

    private static string Bare(string name) => name.TrimStart('@');
}
