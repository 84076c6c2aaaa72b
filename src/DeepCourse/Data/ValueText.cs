using System.Collections;
using System.Reflection;

namespace DeepCourse.Data;

/// <summary>Says in one line what a value is: its type, its shape, and itself where it is short.</summary>
internal static class ValueText
{
    private const int Depth = 3;
    private const int LongestText = 60;

    public static string Of(object? value, int depth = 0) => value switch
    {
        null => "null",
        Tensor tensor => $"Tensor {tensor.dtype} [{string.Join(", ", tensor.shape)}]",
        string text => text.Length <= LongestText ? $"\"{text}\"" : $"\"{text[..LongestText]}...\" ({text.Length} characters)",
        Array array => $"{array.GetType().GetElementType()!.Name}[{array.Length}]",
        bool or char => $"{value} ({value.GetType().Name})",
        IFormattable number when value.GetType().IsPrimitive => $"{number} ({value.GetType().Name})",
        ICollection collection => $"{TypeName(value.GetType())} of {collection.Count}",
        _ => depth < Depth ? Record(value, depth) : TypeName(value.GetType()),
    };

    private static string Record(object value, int depth)
    {
        var parts = value.GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0 && property.PropertyType != typeof(Type))
            .Where(property => !property.PropertyType.IsByRefLike)
            .Select(property => $"{property.Name} = {Read(property, value, depth)}");
        return $"{TypeName(value.GetType())} {{ {string.Join(", ", parts)} }}";
    }

    private static string Read(PropertyInfo property, object value, int depth)
    {
        try
        {
            return Of(property.GetValue(value), depth + 1);
        }
        catch (TargetInvocationException exception)
        {
            return $"<{exception.InnerException?.GetType().Name}>";
        }
    }

    private static string TypeName(Type type) => type.Name.Split('`')[0];
}
