using System.Reflection;

namespace DeepCourse.Torch.Tests.PublicApi;

/// <summary>The declaration line of a type in the API list.</summary>
internal static class TypeLines
{
    public static string Of(Type type)
    {
        var access = type.IsNestedFamily ? "protected " : type.IsNestedFamORAssem ? "protected internal " : "";
        var name = TypeNames.Full(type);
        if (type.IsEnum) return $"{access}enum {name} : {TypeNames.Of(Enum.GetUnderlyingType(type))}";
        if (type.IsSubclassOf(typeof(Delegate)))
        {
            var invoke = type.GetMethod("Invoke")!;
            return $"{access}delegate {TypeNames.Of(invoke.ReturnType)} {name}({MemberLines.Parameters(invoke)})";
        }

        var bases = Bases(type).ToList();
        return $"{access}{Kind(type)} {name}{(bases.Count > 0 ? " : " + string.Join(", ", bases) : "")}{Constraints(type)}";
    }

    private static string Kind(Type type)
    {
        if (type.IsInterface) return "interface";
        if (type.IsValueType) return type.GetCustomAttributesData().Any(a => a.AttributeType.Name == "IsReadOnlyAttribute") ? "readonly struct" : "struct";
        return (type.IsAbstract, type.IsSealed) switch
        {
            (true, true) => "static class",
            (true, false) => "abstract class",
            (false, true) => "sealed class",
            _ => "class",
        };
    }

    // The base class, then the interfaces that are not implied by the base or by another interface.
    private static IEnumerable<string> Bases(Type type)
    {
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType)) yield return TypeNames.Of(parent);
        var all = type.GetInterfaces().Where(i => i.IsVisible).ToList();
        var implied = all.SelectMany(i => i.GetInterfaces()).Concat(type.BaseType?.GetInterfaces() ?? []).ToHashSet();
        foreach (var name in all.Where(i => !implied.Contains(i)).Select(i => TypeNames.Of(i)).Order(StringComparer.Ordinal)) yield return name;
    }

    private static string Constraints(Type type) =>
        MemberLines.Constraints([.. type.GetGenericArguments().Skip(type.DeclaringType?.GetGenericArguments().Length ?? 0)]);
}
