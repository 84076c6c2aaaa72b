using System.IO.Compression;

namespace DeepCourse.Tensors.Formats;

/// <summary>Reads the zip format of PyTorch 1.6 and later: one entry with the pickle, one per storage.</summary>
internal static class TorchZipReader
{
    private const string PickleName = "data.pkl";
    private const int LargestPickle = 1 << 28;

    public static Dictionary<string, Tensor> Read(Stream stream, string path)
    {
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            return Read(archive, stream.Length, path);
        }
        catch (InvalidDataException exception)
        {
            throw new DataFormatException(path, $"is a broken zip archive: {exception.Message}", exception);
        }
        catch (EndOfStreamException exception)
        {
            throw new DataFormatException(path, "is a truncated zip archive", exception);
        }
    }

    private static Dictionary<string, Tensor> Read(ZipArchive archive, long fileLength, string path)
    {
        var entry = archive.Entries.FirstOrDefault(entry => entry.Name == PickleName)
            ?? throw new DataFormatException(path, "is a zip archive without data.pkl: not from torch.save");
        var folder = entry.FullName[..^PickleName.Length];
        RequireLittleEndian(archive.GetEntry(folder + "byteorder"), path);
        if (entry.Length > LargestPickle) throw new DataFormatException(path, $"has a pickle of {entry.Length} bytes");

        using var pickle = new MemoryStream();
        using (var contents = entry.Open()) contents.CopyTo(pickle);
        pickle.Position = 0;
        var root = new Unpickler(new(pickle, $"{path}!{entry.FullName}")).Read();
        return new TorchStorages(path, storage => ReadStorage(archive, folder, storage, fileLength, path))
            .Build(StateDict.Find(root, path));
    }

    private static Tensor ReadStorage(
        ZipArchive archive, string folder, StorageReference storage, long fileLength, string path)
    {
        var name = $"{folder}data/{storage.Key}";
        var entry = archive.GetEntry(name) ?? throw new DataFormatException(path, $"lacks the storage {name}");
        var type = storage.Type!.Value;
        var expected = (Int128)storage.Count * TensorBytes.SizeOf(type);
        if (entry.Length != expected || entry.CompressedLength > fileLength || entry.Length > entry.CompressedLength)
            throw new DataFormatException(
                path, $"the storage {name} has {entry.Length} bytes ({entry.CompressedLength} in the file), expected {expected} uncompressed");
        using var contents = entry.Open();
        return TensorBytes.Read(contents, [storage.Count], type);
    }

    private static void RequireLittleEndian(ZipArchiveEntry? entry, string path)
    {
        if (entry == null) return;
        using var reader = new StreamReader(entry.Open());
        var order = reader.ReadToEnd().Trim();
        if (order != "little") throw new DataFormatException(path, $"was written with byte order '{order}'; only 'little' is read");
    }
}
