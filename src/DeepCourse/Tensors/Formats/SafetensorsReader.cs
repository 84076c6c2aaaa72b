namespace DeepCourse.Tensors.Formats;

/// <summary>Reads tensors straight from the file into their own memory.</summary>
internal static class SafetensorsReader
{
    public static Dictionary<string, Tensor> Read(Stream stream, string path)
    {
        var (entries, dataStart) = SafetensorsHeader.Read(stream, path);
        var tensors = new Dictionary<string, Tensor>(entries.Count, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            stream.Position = dataStart + entry.Begin;
            tensors.Add(entry.Key, TensorBytes.Read(stream, entry.Shape, entry.Type));
        }
        return tensors;
    }
}
