using System.Text;

namespace DeepCourse.Torch.Generator;

/// <summary>Writes <c>Aten</c>: one typed method for each operator overload, over the generic door.</summary>
internal static class RawLayer
{
    public static string Write(IEnumerable<Schema> schemas)
    {
        var text = new StringBuilder(Header.MadeFrom("operators.txt"));
        text.Append("namespace TorchSharp.Interop;\n\ninternal static unsafe partial class Aten\n{\n");
        var first = true;
        foreach (var schema in schemas.OrderBy(s => s.Method, StringComparer.Ordinal))
        {
            if (!first) text.Append('\n');
            first = false;
            WriteMethod(text, schema);
        }

        return text.Append("}\n").ToString();
    }

    private static void WriteMethod(StringBuilder text, Schema schema)
    {
        var parameters = schema.Parameters;
        var door = "s_" + schema.Method;
        var declared = string.Join(", ", parameters.Select(p => $"{p.CSharpType} {p.Identifier}" + (p.IsOptional ? " = default" : "")));
        text.Append($"    private static readonly Operator {door} = new(\"aten::{schema.Name}\", \"{schema.Overload}\");\n\n");
        text.Append($"    internal static {RawResult.Type(schema)} {schema.Method}({declared})\n    {{\n");

        foreach (var parameter in parameters) text.Append(Indented(RawArgument.Preparation(parameter), 8));
        var pinned = parameters.Select(RawArgument.Pin).OfType<string>().ToList();
        foreach (var pin in pinned) text.Append($"        fixed ({pin})\n");
        var depth = 8;
        if (pinned.Count > 0)
        {
            text.Append("        {\n");
            depth = 12;
        }

        var pad = new string(' ', depth);
        if (parameters.Count == 0) text.Append($"{pad}{RawResult.Call(schema, door, "null, 0")}\n");
        else
        {
            text.Append($"{pad}var arguments = stackalloc Argument[]\n{pad}{{\n");
            foreach (var parameter in parameters) text.Append($"{pad}    {RawArgument.Expression(parameter)},\n");
            text.Append($"{pad}}};\n{pad}{RawResult.Call(schema, door, $"arguments, {parameters.Count}")}\n");
        }

        foreach (var parameter in parameters)
            if (RawArgument.KeepAlive(parameter) is { } keep) text.Append($"{pad}{keep}\n");
        if (RawResult.Return(schema) is { } back) text.Append($"{pad}{back}\n");
        if (pinned.Count > 0) text.Append("        }\n");
        text.Append("    }\n");
    }

    private static string Indented(string lines, int depth) =>
        string.Concat(lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => new string(' ', depth) + l + "\n"));
}
