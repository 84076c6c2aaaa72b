using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace DeepCourse.Tensors.Formats;

/// <summary>Reads the format before PyTorch 1.6: pickles of a magic number, version, system, object and keys, then the storages.</summary>
internal static class TorchLegacyReader
{
    private const long ProtocolVersion = 1001;
    private static readonly BigInteger Magic = BigInteger.Parse("01950a86a20f9469cfc6c", NumberStyles.HexNumber);

    public static Dictionary<string, Tensor> Read(Stream stream, string path)
    {
        var start = Next(stream, path);
        if (start is not BigInteger magic || magic != Magic)
            throw DataFormatException.AtByte(path, 0, "is a pickle, but not one from torch.save (the magic number is missing)");
        if (Next(stream, path) is not ProtocolVersion)
            throw DataFormatException.AtByte(path, stream.Position, $"expected version {ProtocolVersion} of PyTorch's format");
        RequireLittleEndian(Next(stream, path), path);
        var root = Next(stream, path);
        if (Next(stream, path) is not List<object?> keys || keys.Any(key => key is not string))
            throw DataFormatException.AtByte(path, stream.Position, "expected the list of storages");

        var references = StateDict.Find(root, path);
        var places = Locate(stream, path, [.. keys.Cast<string>()], ElementSizes(root));
        return new TorchStorages(path, storage => ReadStorage(stream, path, storage, places)).Build(references);
    }

    private static object? Next(Stream stream, string path) => new Unpickler(new(stream, path)).Read();

    private static void RequireLittleEndian(object? system, string path)
    {
        var little = (system as PickleDictionary)?.Items.FirstOrDefault(item => item.Key is "little_endian").Value;
        if (little is false) throw new DataFormatException(path, "was written on a big-endian machine; only little-endian is read");
    }

    /// <summary>Element sizes of all storages of the pickle: to skip one, its size must be known too.</summary>
    private static Dictionary<string, int> ElementSizes(object? root)
    {
        var sizes = new Dictionary<string, int>(StringComparer.Ordinal);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object?>([root]);
        while (open.TryPop(out var value))
        {
            if (value is null or string or long or bool or double || !seen.Add(value)) continue;
            if (value is TensorReference tensor) open.Push(tensor.Storage);
            else if (value is StorageReference storage)
                sizes[storage.Key] = storage.Type is { } type ? TensorBytes.SizeOf(type) : 1;
            else if (value is PickleDictionary dictionary) foreach (var item in dictionary.Items) open.Push(item.Value);
            else if (value is IEnumerable<object?> items) foreach (var item in items) open.Push(item);
        }
        return sizes;
    }

    private static Dictionary<string, (long Start, long Count)> Locate(
        Stream stream, string path, string[] keys, Dictionary<string, int> sizes)
    {
        var places = new Dictionary<string, (long, long)>(StringComparer.Ordinal);
        Span<byte> prefix = stackalloc byte[sizeof(long)];
        foreach (var key in keys)
        {
            if (stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) < prefix.Length)
                throw DataFormatException.AtByte(path, stream.Length, $"the file is truncated before storage '{key}'");
            var count = BinaryPrimitives.ReadInt64LittleEndian(prefix);
            if (!sizes.TryGetValue(key, out var size))
                throw DataFormatException.AtByte(path, stream.Position, $"no tensor uses storage '{key}', so its type is unknown");
            if (count < 0 || (Int128)count * size > stream.Length - stream.Position)
                throw DataFormatException.AtByte(
                    path, stream.Position, $"the file is truncated: storage '{key}' has {count} elements of {size} bytes");
            places[key] = (stream.Position, count);
            stream.Position += count * size;
        }
        return places;
    }

    private static Tensor ReadStorage(
        Stream stream, string path, StorageReference storage, Dictionary<string, (long Start, long Count)> places)
    {
        if (!places.TryGetValue(storage.Key, out var place))
            throw new DataFormatException(path, $"lacks the storage '{storage.Key}'");
        if (storage.Offset + storage.Count > place.Count)
            throw DataFormatException.AtByte(
                path, place.Start, $"storage '{storage.Key}' has {place.Count} elements, {storage.Offset + storage.Count} expected");
        stream.Position = place.Start;
        return TensorBytes.Read(stream, [place.Count], storage.Type!.Value);
    }
}
