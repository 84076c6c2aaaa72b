namespace DeepCourse.Tensors;

/// <summary>Writes a file so that a reader sees the old one or the whole new one, whenever the process dies.</summary>
public static class AtomicFile
{
    /// <summary>Writes beside the target, flushes to the disk, and renames.</summary>
    /// <param name="path">The file to make or to replace; its folder is made too.</param>
    /// <param name="write">Writes the contents.</param>
    /// <exception cref="IOException">The file can't be written; the old one is untouched.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var target = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
