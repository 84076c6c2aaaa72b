using System.Reflection;

namespace DeepCourse.Torch.Tests.PublicApi;

/// <summary>Operators and conversions, which the API list writes as C# does.</summary>
internal static class OperatorLines
{
    private static readonly Dictionary<string, string> s_signs = new()
    {
        ["op_Addition"] = "+",
        ["op_Subtraction"] = "-",
        ["op_Multiply"] = "*",
        ["op_Division"] = "/",
        ["op_Modulus"] = "%",
        ["op_UnaryNegation"] = "-",
        ["op_UnaryPlus"] = "+",
        ["op_Equality"] = "==",
        ["op_Inequality"] = "!=",
        ["op_LessThan"] = "<",
        ["op_LessThanOrEqual"] = "<=",
        ["op_GreaterThan"] = ">",
        ["op_GreaterThanOrEqual"] = ">=",
        ["op_BitwiseAnd"] = "&",
        ["op_BitwiseOr"] = "|",
        ["op_ExclusiveOr"] = "^",
        ["op_OnesComplement"] = "~",
        ["op_LogicalNot"] = "!",
        ["op_LeftShift"] = "<<",
        ["op_RightShift"] = ">>",
    };

    public static string? Of(MethodInfo method)
    {
        if (!method.IsSpecialName) return null;
        if (method.Name is "op_Implicit" or "op_Explicit")
            return $"static {(method.Name == "op_Implicit" ? "implicit" : "explicit")} operator {TypeNames.Of(method.ReturnType)}({MemberLines.Parameters(method)})";
        return s_signs.TryGetValue(method.Name, out var sign) ? MemberLines.Method(method, $"operator {sign}") : null;
    }
}
