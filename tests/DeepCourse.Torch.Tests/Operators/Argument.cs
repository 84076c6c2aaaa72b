using System.Text.Json;

namespace DeepCourse.Torch.Tests.Operators;

/// <summary>A JSON value as an argument of a given type, and how much of a conversion that is.</summary>
internal sealed record Argument(Func<object?> Value, double Cost)
{
    public static Argument? From(JsonElement json, Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return json.ValueKind == JsonValueKind.Null ? new(() => null, 0) : From(json, inner) is { } value ? value with { Cost = value.Cost + 0.5 } : null;

        return json.ValueKind switch
        {
            JsonValueKind.Null => type.IsValueType ? null : new(() => null, 0),
            JsonValueKind.True or JsonValueKind.False => type == typeof(bool) ? new(() => json.GetBoolean(), 0) : null,
            JsonValueKind.Number => Number(json, type),
            JsonValueKind.String => Text(json.GetString()!, type),
            JsonValueKind.Array => List(json, type),
            _ => null,
        };
    }

    private static Argument? Text(string text, Type type)
    {
        if (text.StartsWith('$'))
            return type.IsAssignableFrom(typeof(torch.Tensor)) && type != typeof(object) ? new(() => ReferenceCases.Tensor(text[1..]), 0) : null;
        if (type == typeof(string)) return new(() => text, 0);
        return type.IsEnum && Enum.TryParse(type, text, out var value) ? new(() => value, 0) : null;
    }

    private static Argument? Number(JsonElement json, Type type)
    {
        var isWhole = !json.GetRawText().AsSpan().ContainsAny('.', 'e', 'E');
        if (isWhole && type == typeof(long)) return new(() => json.GetInt64(), 0);
        if (isWhole && type == typeof(int)) return new(() => json.GetInt32(), 0.2);
        if (type == typeof(double)) return new(() => json.GetDouble(), isWhole ? 2 : 0);
        if (type == typeof(float)) return new(() => json.GetSingle(), isWhole ? 2.1 : 0.2);
        if (type == typeof(Scalar)) return new(() => isWhole ? (Scalar)json.GetInt64() : (Scalar)json.GetDouble(), 1);
        return null;
    }

    private static Argument? List(JsonElement json, Type type)
    {
        if (type == typeof(long[])) return Of(JsonValueKind.Number, e => e.GetInt64(), 0);
        if (type == typeof(double[])) return Of(JsonValueKind.Number, e => e.GetDouble(), 1);
        if (type == typeof(int[])) return Of(JsonValueKind.Number, e => e.GetInt32(), 1);
        // An array goes to an array before it goes to a list.
        if (type.IsAssignableFrom(typeof(torch.Tensor[])) && type != typeof(object))
            return Of(JsonValueKind.String, e => ReferenceCases.Tensor(e.GetString()![1..]), type.IsArray ? 0 : 1);
        return null;

        Argument? Of<T>(JsonValueKind kind, Func<JsonElement, T> item, double cost)
        {
            if (json.EnumerateArray().Any(e => e.ValueKind != kind)) return null;
            if (typeof(T) == typeof(long) && json.EnumerateArray().Any(e => !e.TryGetInt64(out _))) return null;
            return new(() => json.EnumerateArray().Select(item).ToArray(), cost);
        }
    }
}
