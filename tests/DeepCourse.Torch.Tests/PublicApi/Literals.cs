using System.Globalization;

namespace DeepCourse.Torch.Tests.PublicApi;

/// <summary>Default values and constants as the API list writes them.</summary>
internal static class Literals
{
    public static string Of(object? value, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (value == null) return !type.IsValueType || plain != type ? "null" : "default";
        if (plain.IsEnum) return $"{TypeNames.Full(plain)}.{Enum.GetName(plain, Enum.ToObject(plain, value))}";
        return value switch
        {
            bool flag => flag ? "true" : "false",
            string text => $"\"{text}\"",
            char letter => $"'{letter}'",
            float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };
    }
}
