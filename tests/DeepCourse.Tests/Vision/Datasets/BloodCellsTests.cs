using DeepCourse.Data;
using DeepCourse.Data.Catalogue;
using DeepCourse.Tensors;
using DeepCourse.Tests.Data.Catalogue;
using DeepCourse.Vision.Datasets;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision.Datasets;

public sealed class BloodCellsTests : IDisposable
{
    private static readonly string[] splits = ["train", "val", "test"];

    private readonly TemporaryFolder _cache = new();

    public void Dispose() => _cache.Dispose();

    [SkippableFact]
    public void Load_GivesThePublishedCounts_AndNamesTheTwoEmptyBoxes()
    {
        var store = Store();
        var sets = splits.Select(split => BloodCells.Load(store, split)).ToList();

        Assert.Equal([205, 87, 72], sets.Select(set => set.Count));
        var counts = sets.SelectMany(set => set.AsList()).SelectMany(image => image.Objects)
            .CountBy(item => BloodCells.Classes[item.Class]).ToDictionary();
        Assert.Equal((4155 - 2, 372, 361), (counts["RBC"], counts["WBC"], counts["Platelets"]));
        var skipped = sets.SelectMany(set => set.Skipped).ToList();
        Assert.Equal(["BloodImage_00338.xml", "BloodImage_00343.xml"], skipped.Select(item => Path.GetFileName(item.Item)).Order());
        Assert.Contains(skipped, item => item.Reason.Contains("504", StringComparison.Ordinal));
        Assert.Equal(205, BloodCells.Load(store, "train").LargestObjects().Count);
    }

    [SkippableFact]
    public void Load_WithFaultsAsErrors_NamesTheFile()
    {
        var store = Store();

        var errors = splits.Select(split => Record.Exception(() => BloodCells.Load(store, split, UnreadableItems.Throw)))
            .OfType<DataFormatException>().ToList();

        Assert.NotEmpty(errors);
        Assert.All(errors, error => Assert.Contains("BloodImage_003", error.Path, StringComparison.Ordinal));
    }

    [SkippableFact]
    public void Load_NamesPicturesThatCanBeRead()
    {
        var image = BloodCells.Load(Store(), "test")[0];

        Assert.Equal(new PixelSize(640, 480), image.Size);
        Assert.Equal(image.Size, image.Picture.Open().Size);
    }

    [Fact]
    public void Load_OfADamagedCopy_IsAnErrorAlthoughFaultsAreSkipped()
    {
        _cache.Write("user/BCCD/ImageSets/Main/train.txt", "BloodImage_00001");
        _cache.Write("user/BCCD/JPEGImages/BloodImage_00001.jpg", "");
        _cache.Write("user/BCCD/Annotations/BloodImage_00001.xml", "<annotation>");
        var store = new DatasetStore([Path.Combine(_cache.Path, "user")], Path.Combine(_cache.Path, "cache"), fetcher: null);

        var error = Assert.Throws<DataFormatException>(() => BloodCells.Load(store, "train"));

        Assert.EndsWith("BloodImage_00001.xml", error.Path, StringComparison.Ordinal);
        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
    }

    private DatasetStore Store()
    {
        var folders = (Environment.GetEnvironmentVariable(DatasetStore.FoldersVariable) ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(Path.GetFullPath(Path.Combine(ReferenceFiles.PathOf("."), "..", "..", "..", "shared", "data")))
            .ToArray();
        var store = new DatasetStore(folders, _cache.Path, fetcher: null);
        Skip.If(store.Find(WebDatasets.Bccd) is null, $"BCCD is in none of the folders {string.Join(", ", folders)}");
        return store;
    }
}
