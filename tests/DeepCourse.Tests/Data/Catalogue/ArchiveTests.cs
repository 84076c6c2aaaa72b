using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using DeepCourse.Data.Catalogue;
using DeepCourse.Tensors;

namespace DeepCourse.Tests.Data.Catalogue;

public sealed class ArchiveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("set.tar")]
    [InlineData("set.tar.gz")]
    [InlineData("set.tgz")]
    public void Unpack_Tar_RestoresFoldersAndFiles(string name)
    {
        var archive = Tar(name, File("set/a.txt", "alpha"), new PaxTarEntry(TarEntryType.Directory, "set/empty/"),
            File("set/deep/b.txt", "beta"));

        var target = Unpack(archive);

        Assert.Equal("alpha", System.IO.File.ReadAllText(Path.Combine(target, "set/a.txt")));
        Assert.Equal("beta", System.IO.File.ReadAllText(Path.Combine(target, "set/deep/b.txt")));
        Assert.True(Directory.Exists(Path.Combine(target, "set/empty")));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("set/../../x")]
    [InlineData("/tmp/deepcourse-escaped")]
    [InlineData("../unpacked-beside/x")]
    public void Unpack_TarEntryThatLeadsOutside_IsRefused(string name)
    {
        var archive = Tar("bad.tar", File(name, "gotcha"));

        var exception = Assert.Throws<DataFormatException>(() => Unpack(archive));

        Assert.Contains($"the entry '{name}' leads outside", exception.Message, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(_folder.File("x")));
        Assert.False(System.IO.File.Exists("/tmp/deepcourse-escaped"));
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink, "/etc/passwd")]
    [InlineData(TarEntryType.SymbolicLink, "../../etc/passwd")]
    [InlineData(TarEntryType.HardLink, "../x")]
    public void Unpack_TarLinkThatLeadsOutside_IsRefused(TarEntryType type, string target)
    {
        var archive = Tar("bad.tar", new PaxTarEntry(type, "set/link") { LinkName = target });

        Assert.Contains("leads outside", Assert.Throws<DataFormatException>(() => Unpack(archive)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unpack_TarLinkInside_BecomesACopy()
    {
        var archive = Tar("set.tar", File("set/a.txt", "alpha"),
            new PaxTarEntry(TarEntryType.SymbolicLink, "set/b.txt") { LinkName = "a.txt" },
            new PaxTarEntry(TarEntryType.HardLink, "set/c.txt") { LinkName = "set/a.txt" });

        var target = Unpack(archive);

        foreach (var name in new[] { "b.txt", "c.txt" })
        {
            var copy = new FileInfo(Path.Combine(target, "set", name));
            Assert.Null(copy.LinkTarget);
            Assert.Equal("alpha", System.IO.File.ReadAllText(copy.FullName));
        }
    }

    [Fact]
    public void Unpack_TarWithADevice_IsRefused()
    {
        var archive = Tar("bad.tar", new PaxTarEntry(TarEntryType.Fifo, "pipe"));

        Assert.Throws<DataFormatException>(() => Unpack(archive));
    }

    [Fact]
    public void Unpack_TruncatedArchive_NamesTheFile()
    {
        var archive = Tar("set.tar.gz", File("set/a.txt", new string('a', 100_000) + Guid.NewGuid()));
        using (var stream = System.IO.File.OpenWrite(archive)) stream.SetLength(stream.Length / 2);

        Assert.StartsWith(archive, Assert.Throws<DataFormatException>(() => Unpack(archive)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unpack_Zip_RestoresFiles()
    {
        var target = Unpack(Zip("set.zip", "set/a.txt"));

        Assert.Equal("x", System.IO.File.ReadAllText(Path.Combine(target, "set/a.txt")));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/tmp/deepcourse-escaped")]
    public void Unpack_ZipEntryThatLeadsOutside_IsRefused(string name) =>
        Assert.Throws<DataFormatException>(() => Unpack(Zip("bad.zip", name)));

    [Fact]
    public void Unpack_ZipWithALink_IsRefused() =>
        Assert.Throws<DataFormatException>(() => Unpack(Zip("bad.zip", "link", unixMode: 0xA1FF)));

    [Fact]
    public void Unpack_UnknownEnding_SaysWhatIsExpected()
    {
        var path = _folder.Write("set.rar", "Rar!");

        Assert.Contains("expected .zip, .tar", Assert.Throws<DataFormatException>(() => Unpack(path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static PaxTarEntry File(string name, string text) => new(TarEntryType.RegularFile, name)
    {
        DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
    };

    private string Unpack(string archive)
    {
        var target = Directory.CreateDirectory(_folder.File("unpacked")).FullName;
        Archive.Unpack(archive, target);
        return target;
    }

    private string Tar(string name, params TarEntry[] entries)
    {
        var path = _folder.File(name);
        using var file = System.IO.File.Create(path);
        using var stream = name.EndsWith(".tar", StringComparison.Ordinal) ? (Stream)file : new GZipStream(file, CompressionLevel.Fastest);
        using var writer = new TarWriter(stream);
        foreach (var entry in entries) writer.WriteEntry(entry);
        return path;
    }

    private string Zip(string name, string entryName, int unixMode = 0x81A4)
    {
        var path = _folder.File(name);
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        var entry = archive.CreateEntry(entryName);
        entry.ExternalAttributes = unixMode << 16;
        using var writer = new StreamWriter(entry.Open());
        writer.Write("x");
        return path;
    }
}
