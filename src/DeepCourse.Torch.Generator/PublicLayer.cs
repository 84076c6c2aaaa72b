using System.Text;

namespace DeepCourse.Torch.Generator;

/// <summary>Writes the public one-liners of one owner.</summary>
internal static class PublicLayer
{
    public static string Write(string owner, IEnumerable<PublicMember> members, OperatorTable table)
    {
        var nesting = owner switch
        {
            "torch" => new[] { "static partial class torch" },
            "Tensor" => ["static partial class torch", "partial class Tensor"],
            "functional" => ["static partial class torch", "static partial class nn", "static partial class functional"],
            _ => ["static partial class torch", $"static partial class {owner}"],
        };

        var text = new StringBuilder(Header.MadeFrom("operators.txt"));
        text.Append("using TorchSharp.Interop;\n\nnamespace TorchSharp;\n\n");
        var pad = "";
        foreach (var type in nesting)
        {
            text.Append($"{pad}public {type}\n{pad}{{\n");
            pad += "    ";
        }

        foreach (var member in members.OrderBy(m => m.Name, StringComparer.Ordinal))
        {
            if (member.IsObsolete) text.Append($"{pad}[Obsolete(\"Kept as the API has it; see torch.linalg and the lower-case names.\")]\n");
            var parameters = string.Join(", ", member.Parameters.Select(p => p.Declared));
            text.Append($"{pad}public {(member.IsStatic ? "static " : "")}{Result(member)} {member.Name}({parameters}) =>\n");
            text.Append($"{pad}    {PublicBody.Of(member, table)};\n\n");
        }

        text.Length--;
        for (var depth = nesting.Length; depth > 0; depth--) text.Append(new string(' ', (depth - 1) * 4)).Append("}\n");
        return text.ToString();
    }

    private static string Result(PublicMember member) =>
        member.Results ?? RawResult.Type(member.Schema).Replace("torch.", "", StringComparison.Ordinal);
}
