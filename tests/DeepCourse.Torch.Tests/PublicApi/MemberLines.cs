using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace DeepCourse.Torch.Tests.PublicApi;

/// <summary>Writes a type and its public and protected members as lines of the API list.</summary>
internal static class MemberLines
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext s_nullability = new();

    private static readonly HashSet<string> s_reserved =
    [
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal",
        "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for",
        "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null",
        "object", "operator", "out", "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte",
        "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof",
        "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",
    ];

    public static string Escaped(string name) => s_reserved.Contains(name) ? "@" + name : name;

    public static IEnumerable<string> Of(Type type)
    {
        if (type.IsEnum) return type.GetFields(Declared).Where(f => f.IsLiteral).Select(Enumerator);
        if (type.IsSubclassOf(typeof(Delegate))) return [];
        return type.GetConstructors(Declared & ~BindingFlags.Static).Where(IsVisible).Select(Constructor)
            .Concat(type.GetFields(Declared).Where(IsVisible).Select(Field))
            .Concat(type.GetProperties(Declared).Where(p => p.GetAccessors(true).Any(IsVisible) && !p.Name.Contains('.')).Select(Property))
            .Concat(type.GetEvents(Declared).Where(e => IsVisible(e.AddMethod!)).Select(e => $"event {TypeNames.Of(e.EventHandlerType!)} {e.Name}"))
            .Concat(type.GetMethods(Declared).Where(IsListed).Select(m => OperatorLines.Of(m) ?? Method(m, Escaped(m.Name) + GenericArguments(m))));

        bool IsListed(MethodInfo method) => IsVisible(method) && method.Name is not "Finalize" && !method.Name.Contains('.') && !method.Name.Contains('<')
            && !method.IsDefined(typeof(CompilerGeneratedAttribute))
            && !(method.IsSpecialName && (method.Name.StartsWith("get_", StringComparison.Ordinal) || method.Name.StartsWith("set_", StringComparison.Ordinal)
                || method.Name.StartsWith("add_", StringComparison.Ordinal) || method.Name.StartsWith("remove_", StringComparison.Ordinal)));
    }

    internal static string Method(MethodInfo method, string name)
    {
        var result = TypeNames.Of(method.ReturnType, s_nullability.Create(method.ReturnParameter), TupleNames(method.ReturnParameter));
        return $"{Access(method)}{Kind(method)}{result} {name}({Parameters(method)}){Constraints(method.GetGenericArguments())}{Obsolete(method)}";
    }

    internal static string Parameters(MethodBase method)
    {
        var extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return string.Join(", ", method.GetParameters().Select((p, i) => (i == 0 ? extension : "") + Parameter(p)));
    }

    internal static string Access(MethodBase method) => method.IsFamilyOrAssembly ? "protected internal " : method.IsFamily ? "protected " : "";

    internal static string Obsolete(MemberInfo member) => member.GetCustomAttribute<ObsoleteAttribute>() switch
    {
        null => "",
        { IsError: true } => " [Obsolete error]",
        _ => " [Obsolete]",
    };

    internal static string Constraints(Type[] parameters) => string.Concat(parameters.Select(p =>
    {
        var parts = new List<string>();
        var flags = p.GenericParameterAttributes;
        var isUnmanaged = p.GetCustomAttributesData().Any(a => a.AttributeType.Name == "IsUnmanagedAttribute");
        var isStruct = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        if (flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint)) parts.Add("class");
        if (isUnmanaged) parts.Add("unmanaged");
        else if (isStruct) parts.Add("struct");
        parts.AddRange(p.GetGenericParameterConstraints().Where(c => c != typeof(ValueType)).Select(c => TypeNames.Of(c)));
        if (!isStruct && flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint)) parts.Add("new()");
        return parts.Count == 0 ? "" : $" where {p.Name} : {string.Join(", ", parts)}";
    }));

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsVisible(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    private static string Enumerator(FieldInfo field) =>
        $"{Escaped(field.Name)} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}";

    private static string Constructor(ConstructorInfo constructor) =>
        $"{Access(constructor)}{constructor.DeclaringType!.Name.Split('`')[0]}({Parameters(constructor)}){Obsolete(constructor)}";

    private static string Field(FieldInfo field)
    {
        var access = field.IsFamilyOrAssembly ? "protected internal " : field.IsFamily ? "protected " : "";
        var kind = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        var type = TypeNames.Of(field.FieldType, s_nullability.Create(field), field.GetCustomAttribute<TupleElementNamesAttribute>()?.TransformNames);
        var value = field.IsLiteral ? $" = {Literals.Of(field.GetRawConstantValue(), field.FieldType)}" : "";
        return $"{access}{kind}{type} {Escaped(field.Name)}{value}{Obsolete(field)}";
    }

    private static string Property(PropertyInfo property)
    {
        var accessors = property.GetAccessors(true).Where(IsVisible).ToList();
        var widest = accessors.FirstOrDefault(a => a.IsPublic) ?? accessors[0];
        var type = TypeNames.Of(property.PropertyType, s_nullability.Create(property),
            property.GetCustomAttribute<TupleElementNamesAttribute>()?.TransformNames);
        // The accessor's own parameters: reflection cannot tell the nullability of an indexer's in a generic type.
        var indices = accessors[0].GetParameters()[..property.GetIndexParameters().Length];
        var name = indices.Length > 0 ? $"this[{string.Join(", ", indices.Select(Parameter))}]" : Escaped(property.Name);
        var parts = string.Concat(accessors.OrderBy(a => a.Name, StringComparer.Ordinal).Select(a =>
            (Access(a) == Access(widest) ? "" : Access(a)) + (a.Name.StartsWith("get_", StringComparison.Ordinal) ? "get; " : "set; ")));
        return $"{Access(widest)}{Kind((MethodInfo)widest)}{type} {name} {{ {parts}}}{Obsolete(property)}";
    }

    private static string Kind(MethodInfo method)
    {
        if (method.IsStatic) return "static ";
        if (method.DeclaringType!.IsInterface) return "";
        if (method.IsAbstract) return method.GetBaseDefinition() == method ? "abstract " : "abstract override ";
        if (method.IsVirtual && method.GetBaseDefinition() != method) return "override ";
        return method.IsVirtual && !method.IsFinal ? "virtual " : "";
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var modifier = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params "
            : parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? parameter.IsIn ? "in " : "ref " : "";
        var type = TypeNames.Of(parameter.ParameterType, s_nullability.Create(parameter), TupleNames(parameter));
        var value = parameter.HasDefaultValue ? $" = {Literals.Of(parameter.RawDefaultValue, parameter.ParameterType)}" : "";
        return $"{modifier}{type} {Escaped(parameter.Name!)}{value}";
    }

    private static IEnumerable<string?>? TupleNames(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<TupleElementNamesAttribute>()?.TransformNames;

    private static string GenericArguments(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";
}
