using DeepCourse.Data.Catalogue;
using DeepCourse.Tensors;
using DeepCourse.Vision.Datasets.Scenes;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision.Datasets;

public sealed class ScenesTests : IDisposable
{
    private static readonly SceneOptions few = new() { TrainingCount = 24, ValidationCount = 12, SizeInPixels = 64 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_WithoutPackages_DrawsShapesAndSaysSo()
    {
        var told = new List<string>();

        var set = Scenes.Load(Store("a"), few, new Listener(told));

        Assert.True(set.IsSynthetic);
        Assert.Contains("synthetic", set.Title, StringComparison.Ordinal);
        Assert.Contains(told, text => text.Contains("fluent-emoji-3d", StringComparison.Ordinal));
        Assert.Equal((24, 12, 12, 12), (set.Training.Count, set.Seen.Count, set.Unseen.Count, set.Classes.Count));
    }

    [Fact]
    public void Generate_GivesBoxesAndMasksThatAgreeToThePixel_AndAClearLargest()
    {
        foreach (var scene in All(Scenes.Generate(Store("a"), few)))
        {
            var mask = ImageReader.Read(scene.Mask, new ReadOptions(PixelLayout.Grey));
            Assert.Equal(PixelSize.Square(64), mask.Size);
            Assert.Equal(mask.Size, ImageReader.Identify(scene.Picture).Size);
            foreach (var item in scene.Objects)
            {
                var (left, top, right, bottom) = (64, 64, 0, 0);
                for (var y = 0; y < 64; y++)
                    for (var x = 0; x < 64; x++)
                        if (mask[x, y][0] == item.Mask)
                            (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1));
                Assert.Equal([left, top, right, bottom], item.Box.ToArray());
            }

            var areas = scene.Objects.Select(item => item.Box.Area).OrderDescending().ToArray();
            Assert.Equal(areas[0], scene.Largest.Box.Area);
            Assert.True(areas.Length == 1 || areas[1] <= 0.6f * areas[0]);
        }
    }

    [Fact]
    public void ToImages_GivesTheScenesWithAllTheirObjects()
    {
        var set = Scenes.Generate(Store("a"), few);

        var images = set.ToImages(set.Seen);

        Assert.Equal((set.Title, set.Classes, 12), (images.Title, images.Classes, images.Count));
        for (var index = 0; index < images.Count; index++)
        {
            Assert.Equal((set.Seen[index].Picture, PixelSize.Square(64)), (images[index].Path, images[index].Size));
            Assert.Equal(set.Seen[index].Objects.Select(item => (item.Class, item.Box)), images[index].Objects.Select(item => (item.Class, item.Box)));
        }
    }

    [Fact]
    public void Generate_WithTheSameSeed_GivesTheSameFiles_WithAnotherNot()
    {
        var first = Scenes.Generate(Store("a"), few);
        var again = Scenes.Generate(Store("b"), few);
        var other = Scenes.Generate(Store("c"), few with { Seed = 9 });

        Assert.Equal(All(first).Select(Bytes), All(again).Select(Bytes));
        Assert.NotEqual(All(first).Select(Bytes), All(other).Select(Bytes));
    }

    [Fact]
    public void Generate_OnceMade_OnlyReads()
    {
        var made = Scenes.Generate(Store("a"), few);
        var stamp = File.GetLastWriteTimeUtc(made.Training[0].Picture);

        var told = new List<string>();
        var read = Scenes.Generate(Store("a"), few, new Listener(told));

        Assert.Empty(told);
        Assert.Equal(stamp, File.GetLastWriteTimeUtc(read.Training[0].Picture));
        Assert.Equal(made.Unseen[3].Objects, read.Unseen[3].Objects);
    }

    [Fact]
    public void Unseen_HasNoObjectOfTheOthers_ButTheirClasses()
    {
        var set = Scenes.Generate(Store("a"), few with { TrainingCount = 200, ValidationCount = 100 });
        var known = Names(set.Training).Concat(Names(set.Seen)).ToHashSet();

        Assert.DoesNotContain(Names(set.Unseen), known.Contains);
        Assert.Equal(Enumerable.Range(0, 12), set.Unseen.SelectMany(scene => scene.Objects).Select(item => item.Class).Distinct().Order());
    }

    [SkippableFact]
    public void Load_OfThePackages_ComposesPhotographs_OfManyClasses()
    {
        var installed = DatasetStore.FromEnvironment();
        Skip.If(EmojiParts.Entries.Any(entry => installed.Find(entry) is null), "the packages of photographs and emoji are not here");

        var parts = EmojiParts.Load(installed, seed: 8, progress: null, CancellationToken.None);

        Assert.False(parts.IsSynthetic);
        Assert.True(parts.Classes.Count >= 12);
        Assert.Equal(4, parts.ValidationBackgrounds.Count);
        Assert.True(parts.TrainingBackgrounds.Count >= 12);
        Assert.Empty(parts.UnseenSprites.Select(sprite => sprite.Name).Intersect(parts.TrainingSprites.Select(sprite => sprite.Name)));
        Assert.All(
            parts.UnseenSprites.CountBy(sprite => sprite.Class), count => Assert.True(count.Value >= 3));
    }

    private static IEnumerable<Scene> All(SceneSet set) => set.Training.Concat(set.Seen).Concat(set.Unseen);

    private static IEnumerable<string> Names(IEnumerable<Scene> scenes) => scenes.SelectMany(scene => scene.Objects).Select(item => item.Name);

    private static string Bytes(Scene scene) =>
        Convert.ToHexString(System.Security.Cryptography.SHA256.HashData([.. File.ReadAllBytes(scene.Picture), .. File.ReadAllBytes(scene.Mask)]));

    private DatasetStore Store(string name) => new([], Path.Combine(_folder.Path, name), fetcher: null);

    private sealed class Listener(List<string> told) : IProgress<FetchProgress>
    {
        public void Report(FetchProgress value)
        {
            lock (told) told.Add(value.Activity);
        }
    }
}
