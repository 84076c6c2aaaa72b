using System.Reflection;

namespace DeepCourse.Torch.Tests.PublicApi;

/// <summary>Writes types as the API list does: keywords, short names for three namespaces, tuples, nullable marks.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(char)] = "char",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    /// <summary>A type where it stands in a signature, with its nullable marks and tuple names.</summary>
    public static string Of(Type type, NullabilityInfo? nullability = null, IEnumerable<string?>? tupleNames = null)
    {
        var names = tupleNames == null ? null : new Queue<string?>(tupleNames);
        return Render(type, nullability, names);
    }

    /// <summary>A type's full name, as at the start of a line.</summary>
    public static string Full(Type type) =>
        type.DeclaringType is { } outer && !type.IsGenericParameter ? $"{Full(outer)}.{Simple(type)}" : $"{type.Namespace}.{Simple(type)}";

    private static string Render(Type type, NullabilityInfo? nullability, Queue<string?>? names)
    {
        if (type.IsByRef) return Render(type.GetElementType()!, nullability, names);
        if (Nullable.GetUnderlyingType(type) is { } value)
            // The inner tuple's names and marks belong to the same place.
            return Render(value, nullability is { GenericTypeArguments.Length: 1 } && !IsTuple(value) ? nullability.GenericTypeArguments[0] : nullability, names) + "?";

        var mark = !type.IsValueType && nullability?.ReadState == NullabilityState.Nullable ? "?" : "";
        if (type.IsArray)
            return $"{Render(type.GetElementType()!, nullability?.ElementType, names)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        if (s_keywords.TryGetValue(type, out var keyword)) return keyword + mark;
        // An unconstrained parameter counts as nullable to reflection whether it is marked or not.
        if (type.IsGenericParameter) return type.Name;
        if (IsTuple(type)) return Tuple(type, nullability, names);

        var arguments = type.GetGenericArguments();
        var rendered = arguments.Select((a, i) => Render(a, nullability?.GenericTypeArguments.ElementAtOrDefault(i), names)).ToArray();
        return Named(type, rendered) + mark;
    }

    private static bool IsTuple(Type type) => type.IsGenericType && type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true
        || type.IsGenericType && type.GetGenericTypeDefinition().FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal);

    // All names of a tuple come before those of the tuples inside it.
    private static string Tuple(Type type, NullabilityInfo? nullability, Queue<string?>? names)
    {
        var arguments = type.GetGenericArguments();
        var own = arguments.Select(_ => names is { Count: > 0 } ? names.Dequeue() : null).ToArray();
        var parts = arguments.Select((a, i) =>
            Render(a, nullability?.GenericTypeArguments.ElementAtOrDefault(i), names) + (own[i] is { } name ? " " + MemberLines.Escaped(name) : ""));
        return $"({string.Join(", ", parts)})";
    }

    // Outer types take their share of the generic arguments.
    private static string Named(Type type, string[] arguments)
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        var own = definition.GetGenericArguments().Length;
        var inherited = definition.DeclaringType?.GetGenericArguments().Length ?? 0;
        var name = definition.Name.Split('`')[0] + (own > inherited ? $"<{string.Join(", ", arguments[inherited..own])}>" : "");
        if (definition.DeclaringType is { } outer) return $"{Named(outer, arguments)}.{name}";
        return definition.Namespace is "System" or "System.Collections.Generic" or "TorchSharp" ? name : $"{definition.Namespace}.{name}";
    }

    private static string Simple(Type type)
    {
        var own = type.GetGenericArguments().Skip(type.DeclaringType?.GetGenericArguments().Length ?? 0).Select(a => a.Name).ToArray();
        return type.Name.Split('`')[0] + (own.Length > 0 ? $"<{string.Join(", ", own)}>" : "");
    }
}
