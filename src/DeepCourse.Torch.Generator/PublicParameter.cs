using System.Text.RegularExpressions;

namespace DeepCourse.Torch.Generator;

/// <summary>A parameter of a public method, as C# writes it.</summary>
/// <param name="Modifier"><c>params</c> or nothing.</param>
public sealed partial record PublicParameter(string Modifier, string Type, string Name, string? Default)
{
    /// <summary>The name without the escape of C# keywords.</summary>
    public string BareName => Name.TrimStart('@');

    public static PublicParameter Parse(string text)
    {
        var match = Declaration().Match(text);
        if (!match.Success) throw new FormatException($"'{text}' is no parameter");
        return new(match.Groups[1].Value.Trim(), match.Groups[2].Value, match.Groups[3].Value,
            match.Groups[4].Success ? match.Groups[4].Value : null);
    }

    /// <summary>The declaration; a null default of a type that is not nullable is the API's own slip and is kept.</summary>
    public string Declared =>
        (Modifier.Length > 0 ? Modifier + " " : "") + $"{Type} {Name}" +
        (Default == null ? "" : Default == "null" && !Type.EndsWith('?') ? " = null!" : $" = {Default}");

    [GeneratedRegex(@"^(params )?([^=]*[^=\s])\s+(@?\w+)(?: = (.*))?$")]
    private static partial Regex Declaration();
}
