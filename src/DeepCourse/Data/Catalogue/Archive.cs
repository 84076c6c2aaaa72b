using System.Formats.Tar;
using System.IO.Compression;
using DeepCourse.Tensors;

namespace DeepCourse.Data.Catalogue;

/// <summary>Unpacks tar and zip archives; nothing can be written outside the target folder.</summary>
internal static class Archive
{
    private const int UnixTypeMask = 0xF000;
    private const int UnixLink = 0xA000;
    private static readonly string[] TarEndings = [".tar", ".tar.gz", ".tgz"];

    public static bool IsArchive(string path) => IsZip(path) || IsTar(path);

    /// <summary>Unpacks into an existing folder.</summary>
    /// <exception cref="DataFormatException">The archive is broken, or an entry leads outside.</exception>
    public static void Unpack(string path, string folder, CancellationToken cancellation = default)
    {
        try
        {
            if (IsZip(path)) UnpackZip(path, folder, cancellation);
            else if (IsTar(path)) UnpackTar(path, folder, cancellation);
            else throw new DataFormatException(path, $"expected .zip, {string.Join(", ", TarEndings)}");
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or FormatException
            and not DataFormatException)
        {
            throw new DataFormatException(path, $"is a broken archive: {exception.Message}", exception);
        }
    }

    private static bool IsZip(string path) => path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    private static bool IsTar(string path) =>
        TarEndings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static void UnpackTar(string path, string folder, CancellationToken cancellation)
    {
        using var file = File.OpenRead(path);
        using var plain = path.EndsWith(".tar", StringComparison.OrdinalIgnoreCase)
            ? (Stream)file
            : new GZipStream(file, CompressionMode.Decompress);
        using var reader = new TarReader(plain);
        while (reader.GetNextEntry() is { } entry)
        {
            cancellation.ThrowIfCancellationRequested();
            switch (entry.EntryType)
            {
                case TarEntryType.Directory:
                    Directory.CreateDirectory(Target(path, folder, entry.Name));
                    break;
                case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                    Write(Target(path, folder, entry.Name), entry.DataStream ?? Stream.Null);
                    break;
                case TarEntryType.SymbolicLink or TarEntryType.HardLink:
                    Link(path, folder, entry);
                    break;
                case TarEntryType.GlobalExtendedAttributes:
                    break;
                default:
                    throw new DataFormatException(path, $"the entry '{entry.Name}' is a {entry.EntryType}; only files and folders are unpacked");
            }
        }
    }

    private static void UnpackZip(string path, string folder, CancellationToken cancellation)
    {
        using var archive = ZipFile.OpenRead(path);
        foreach (var entry in archive.Entries)
        {
            cancellation.ThrowIfCancellationRequested();
            if (((entry.ExternalAttributes >> 16) & UnixTypeMask) == UnixLink)
                throw new DataFormatException(path, $"the entry '{entry.FullName}' is a link; links in zip archives are not unpacked");
            var target = Target(path, folder, entry.FullName);
            if (entry.FullName.EndsWith('/')) Directory.CreateDirectory(target);
            else
            {
                using var contents = entry.Open();
                Write(target, contents);
            }
        }
    }

    // A link becomes a copy of the file it names, so that no later entry can be led astray by one.
    private static void Link(string path, string folder, TarEntry entry)
    {
        var target = Target(path, folder, entry.Name);
        var named = entry.EntryType == TarEntryType.HardLink
            ? entry.LinkName
            : Path.Combine(Path.GetDirectoryName(entry.Name) ?? "", entry.LinkName);
        if (Path.IsPathRooted(entry.LinkName) || !IsInside(folder, Path.GetFullPath(Path.Combine(folder, named))))
            throw new DataFormatException(path, $"the link '{entry.Name}' leads outside, to '{entry.LinkName}'");
        var source = Path.GetFullPath(Path.Combine(folder, named));
        if (!File.Exists(source)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(source, target, overwrite: true);
    }

    private static string Target(string path, string folder, string name)
    {
        var target = Path.GetFullPath(Path.Combine(folder, name));
        if (Path.IsPathRooted(name) || name.Contains('\0') || !IsInside(folder, target))
            throw new DataFormatException(path, $"the entry '{name}' leads outside the folder it is unpacked into");
        return target;
    }

    private static bool IsInside(string folder, string target)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return target == root || Path.TrimEndingDirectorySeparator(target) == root
            || target.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    private static void Write(string target, Stream contents)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        using var file = new FileStream(target, FileMode.Create, FileAccess.Write);
        contents.CopyTo(file);
    }
}
