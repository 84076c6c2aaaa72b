using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace DeepCourse.Tensors.Formats;

/// <summary>Writes safetensors: wide types first, so that every tensor is aligned, then by key; the same tensors give the same bytes.</summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;

    public static void Write(
        Stream stream, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        foreach (var (key, tensor) in tensors)
            if (SafetensorsTypes.NameOf(tensor.dtype) == null)
                throw new ArgumentException(
                    $"'{key}' has the type {tensor.dtype}; safetensors has {SafetensorsTypes.Supported}.", nameof(tensors));

        KeyValuePair<string, Tensor>[] ordered =
        [
            .. tensors
                .OrderByDescending(pair => TensorBytes.SizeOf(pair.Value.dtype))
                .ThenBy(pair => pair.Key, StringComparer.Ordinal),
        ];
        var header = Header(ordered, metadata);
        var padding = (Alignment - header.Length % Alignment) % Alignment;

        Span<byte> length = stackalloc byte[SafetensorsHeader.PrefixLength];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)(header.Length + padding));
        stream.Write(length);
        stream.Write(header);
        for (var index = 0; index < padding; index++) stream.WriteByte((byte)' ');
        foreach (var (_, tensor) in ordered) TensorBytes.Write(stream, tensor);
    }

    private static ReadOnlySpan<byte> Header(
        KeyValuePair<string, Tensor>[] tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        if (metadata is { Count: > 0 }) WriteMetadata(json, metadata);
        var begin = 0L;
        foreach (var (key, tensor) in tensors)
        {
            var end = begin + tensor.NumberOfElements * TensorBytes.SizeOf(tensor.dtype);
            json.WriteStartObject(key);
            json.WriteString("dtype", SafetensorsTypes.NameOf(tensor.dtype));
            WriteNumbers(json, "shape", tensor.shape);
            WriteNumbers(json, "data_offsets", [begin, end]);
            json.WriteEndObject();
            begin = end;
        }
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject(SafetensorsHeader.MetadataKey);
        foreach (var (name, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
