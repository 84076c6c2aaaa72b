namespace DeepCourse.Torch.Generator;

/// <summary>A public method that one operator serves.</summary>
/// <param name="Owner">torch, Tensor, functional, special, linalg or fft.</param>
/// <param name="Results">The declared result where it is not simply the operator's: named tuples.</param>
/// <param name="Mapping">The operator's arguments as C#, or null when names and order tell.</param>
public sealed record PublicMember(
    string Owner, string Name, IReadOnlyList<PublicParameter> Parameters, string? Results, string? Mapping, Schema Schema,
    bool IsStatic, bool IsObsolete)
{
    private static readonly string[] s_owners = ["torch", "Tensor", "functional", "special", "linalg", "fft"];

    public static PublicMember Parse(string text, Schema schema)
    {
        var isObsolete = TakePrefix(ref text, "obsolete ");
        var isStatic = TakePrefix(ref text, "static ");
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (dot < 0 || open < dot || !s_owners.Contains(text[..dot])) throw new FormatException($"'{text}' names no member");

        var close = Splitting.Closing(text, open);
        var owner = text[..dot];
        var name = text[(dot + 1)..open];
        var (results, mapping) = Tail(text[(close + 1)..]);
        var parameters = Splitting.AtCommas(text[(open + 1)..close]).Select(PublicParameter.Parse).ToList();
        isStatic |= owner != "Tensor" || name.StartsWith("operator", StringComparison.Ordinal);
        return new(owner, name, parameters, results, mapping, schema, isStatic, isObsolete);
    }

    // ": (Tensor values, Tensor indexes) => self, [dim]"; either part may be absent.
    private static (string? Results, string? Mapping) Tail(string tail)
    {
        var arrow = tail.IndexOf("=>", StringComparison.Ordinal);
        var mapping = arrow < 0 ? null : tail[(arrow + 2)..].Trim();
        var results = (arrow < 0 ? tail : tail[..arrow]).Trim();
        if (results.Length > 0 && results[0] != ':') throw new FormatException($"'{tail.Trim()}' is not understood");
        return (results.Length == 0 ? null : results[1..].Trim(), mapping);
    }

    private static bool TakePrefix(ref string text, string prefix)
    {
        if (!text.StartsWith(prefix, StringComparison.Ordinal)) return false;
        text = text[prefix.Length..];
        return true;
    }
}
