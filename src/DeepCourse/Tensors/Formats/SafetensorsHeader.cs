using System.Buffers.Binary;
using System.Text.Json;

namespace DeepCourse.Tensors.Formats;

/// <summary>Reads and checks the header of a safetensors file: no field is believed before it was compared with the file.</summary>
internal static class SafetensorsHeader
{
    public const int PrefixLength = sizeof(ulong);
    public const string MetadataKey = "__metadata__";

    // The limit of the reference implementation.
    private const long LongestHeader = 100_000_000;

    /// <summary>The entries in the order of their bytes, and where those start in the file.</summary>
    public static (IReadOnlyList<SafetensorsEntry> Entries, long DataStart) Read(Stream stream, string path)
    {
        var json = ReadJson(stream, path);
        var dataStart = PrefixLength + json.Length;
        var entries = Parse(json, path).OrderBy(entry => entry.Begin).ThenBy(entry => entry.End).ToList();
        CheckOffsets(entries, stream.Length - dataStart, dataStart, path);
        return (entries, dataStart);
    }

    /// <summary>The notes in the header.</summary>
    public static IReadOnlyDictionary<string, string> ReadMetadata(Stream stream, string path)
    {
        var json = ReadJson(stream, path);
        // Parsed as a whole first, for its checks.
        Parse(json, path);
        using var document = JsonDocument.Parse(json, new() { MaxDepth = 8 });
        if (!document.RootElement.TryGetProperty(MetadataKey, out var notes)) return new Dictionary<string, string>();
        return notes.ValueKind == JsonValueKind.Object && notes.EnumerateObject().All(note => note.Value.ValueKind == JsonValueKind.String)
            ? notes.EnumerateObject().ToDictionary(note => note.Name, note => note.Value.GetString()!, StringComparer.Ordinal)
            : throw DataFormatException.AtByte(path, PrefixLength, $"expected {MetadataKey} to be an object of strings");
    }

    private static byte[] ReadJson(Stream stream, string path)
    {
        var json = new byte[ReadLength(stream, path)];
        stream.ReadExactly(json);
        return json;
    }

    private static long ReadLength(Stream stream, string path)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        if (stream.ReadAtLeast(prefix, PrefixLength, throwOnEndOfStream: false) < PrefixLength)
            throw DataFormatException.AtByte(path, stream.Length, "the file ends inside the length of its header");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > (ulong)(stream.Length - PrefixLength))
            throw DataFormatException.AtByte(
                path, 0, $"the header claims {length} bytes, but the file has {stream.Length - PrefixLength} after its length");
        if (length > LongestHeader)
            throw DataFormatException.AtByte(path, 0, $"the header has {length} bytes; at most {LongestHeader} are allowed");
        return (long)length;
    }

    private static List<SafetensorsEntry> Parse(byte[] json, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new() { MaxDepth = 8, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw DataFormatException.AtByte(path, PrefixLength, "the header is not a JSON object");
            return
            [
                .. document.RootElement.EnumerateObject()
                    .Where(property => property.Name != MetadataKey)
                    .Select(property => ParseEntry(property, path)),
            ];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second is how the parser reports text that is no Unicode, and only when it is asked for that text.
            throw new DataFormatException(path, $"the header is not valid JSON: {exception.Message}", exception);
        }
    }

    private static SafetensorsEntry ParseEntry(JsonProperty property, string path)
    {
        var key = property.Name;
        DataFormatException Broken(string problem) => DataFormatException.AtByte(path, PrefixLength, $"tensor '{key}': {problem}");

        if (property.Value.ValueKind != JsonValueKind.Object
            || !property.Value.TryGetProperty("dtype", out var dtype) || dtype.ValueKind != JsonValueKind.String
            || !property.Value.TryGetProperty("shape", out var shape) || Numbers(shape) is not { } sizes
            || !property.Value.TryGetProperty("data_offsets", out var offsets) || Numbers(offsets) is not [var begin, var end])
            throw Broken("expected dtype, shape and two data_offsets");

        if (SafetensorsTypes.TypeOf(dtype.GetString()!) is not { } type)
            throw Broken($"the type {dtype.GetString()} is not among {SafetensorsTypes.Supported}");
        if (ByteCount(sizes, TensorBytes.SizeOf(type)) is not { } bytes)
            throw Broken($"the shape [{string.Join(", ", sizes)}] has more elements than any file could hold");
        if (end < begin || end - begin != bytes)
            throw Broken($"the shape [{string.Join(", ", sizes)}] needs {bytes} bytes, the offsets {begin} to {end} do not give them");
        return new(key, type, sizes, begin, end);
    }

    private static void CheckOffsets(List<SafetensorsEntry> entries, long available, long dataStart, string path)
    {
        var next = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin != next)
                throw DataFormatException.AtByte(
                    path, dataStart + entry.Begin, $"tensor '{entry.Key}' starts at {entry.Begin}, expected {next}: "
                    + (entry.Begin < next ? "it overlaps its neighbour" : "there is a hole before it"));
            next = entry.End;
            if (next > available)
                throw DataFormatException.AtByte(
                    path, dataStart + available, $"the file is truncated: tensor '{entry.Key}' ends at {next}, the data at {available}");
        }
        if (next != available)
            throw DataFormatException.AtByte(path, dataStart + next, $"{available - next} bytes follow the last tensor");
    }

    private static long[]? Numbers(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array) return null;
        var numbers = new List<long>();
        foreach (var item in element.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out var number) || number < 0) return null;
            numbers.Add(number);
        }
        return [.. numbers];
    }

    private static long? ByteCount(long[] sizes, int elementSize)
    {
        Int128 product = elementSize;
        foreach (var size in sizes)
        {
            product *= size;
            if (product > long.MaxValue) return null;
        }
        return (long)product;
    }
}
