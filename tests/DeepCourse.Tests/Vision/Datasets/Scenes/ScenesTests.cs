using DeepCourse.Data.Catalogue;
using DeepCourse.Tensors;
using DeepCourse.Tests.Data.Catalogue;
using DeepCourse.Vision.Datasets.Scenes;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Imaging;
using SceneMaker = DeepCourse.Vision.Datasets.Scenes.Scenes;

namespace DeepCourse.Tests.Vision.Datasets.Scenes;

/// <summary>Scenes of drawn shapes: composing is the same for photographs, and they need no packages.</summary>
public sealed class ScenesTests(ScenesTests.Made made) : IClassFixture<ScenesTests.Made>
{
    private static readonly SceneOptions options = new() { TrainingCount = 24, ValidationCount = 8, SizeInPixels = 64 };

    private static IEnumerable<Scene> All(SceneSet set) => set.Training.Concat(set.Seen).Concat(set.Unseen);

    [Fact]
    public void Load_WithoutPackages_DrawsShapesAndSaysSo()
    {
        var set = made.Set;

        Assert.True(set.IsSynthetic);
        Assert.Contains("synthetic", set.Title, StringComparison.Ordinal);
        Assert.Contains(made.Told, message => message.Contains("drawing shapes instead of photographs", StringComparison.Ordinal));
        Assert.Equal((24, 8, 8), (set.Training.Count, set.Seen.Count, set.Unseen.Count));
        Assert.True(set.Classes.Count >= 12);
        Assert.All(All(set), scene => Assert.All(scene.Objects, item => Assert.InRange(item.Class, 0, set.Classes.Count - 1)));
    }

    [Fact]
    public void Boxes_AreThoseOfTheMasksPixels()
    {
        foreach (var scene in All(made.Set))
        {
            var mask = ImageReader.Read(scene.Mask, new ReadOptions(PixelLayout.Grey));
            Assert.Equal(new PixelSize(64, 64), mask.Size);
            Assert.Equal(mask.Size, ImageReader.Identify(scene.Picture).Size);
            Assert.All(scene.Objects, item => Assert.Equal(Around(mask, item.Mask), item.Box));
        }
    }

    [Fact]
    public void Largest_IsLargerThanTheOthersByAClearMargin() => Assert.All(All(made.Set), scene =>
    {
        var largest = scene.Largest;
        Assert.True(largest.Box.Area >= 0.08 * 64 * 64);
        Assert.All(scene.Objects.Where(item => item != largest), item => Assert.True(item.Box.Area <= 0.6f * largest.Box.Area));
    });

    [Fact]
    public void Unseen_ShowsNothingThatTrainingOrSeenShow()
    {
        var learned = Names(made.Set.Training).Union(Names(made.Set.Seen)).ToHashSet();
        Assert.Empty(Names(made.Set.Unseen).Intersect(learned));

        static IEnumerable<string> Names(IEnumerable<Scene> scenes) => scenes.SelectMany(scene => scene.Objects).Select(item => item.Name);
    }

    [Fact]
    public async Task Make_OnOneThread_GivesTheSameBytes()
    {
        using var cache = new TemporaryFolder();
        var store = new DatasetStore([], cache.Path, fetcher: null);
        // Parallel loops take the scheduler they are called from: this one runs one thing at a time.
        var alone = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        await Task.Factory.StartNew(() => SceneMaker.Generate(store, options), CancellationToken.None, TaskCreationOptions.None, alone);

        var (first, second) = (Contents(made.Cache.Path), Contents(cache.Path));

        Assert.Equal(2 * 40 + 1, first.Count(pair => pair.Value.Length > 0));
        Assert.Equal(first.Keys, second.Keys);
        Assert.All(first, pair => Assert.True(pair.Value.AsSpan().SequenceEqual(second[pair.Key]), pair.Key));
    }

    [Fact]
    public void Make_AnotherSeed_GivesOtherScenes()
    {
        var other = SceneMaker.Generate(made.Store, options with { Seed = 9, TrainingCount = 2, ValidationCount = 1 });

        Assert.NotEqual(File.ReadAllBytes(made.Set.Training[0].Picture), File.ReadAllBytes(other.Training[0].Picture));
    }

    [Fact]
    public void Load_ASecondTime_OnlyReads()
    {
        var told = new List<string>();
        var again = SceneMaker.Generate(made.Store, options, new Listener(told));

        Assert.Empty(told);
        Assert.Equal(
            All(made.Set).Select(scene => (scene.Picture, scene.Objects.Count, scene.Largest)),
            All(again).Select(scene => (scene.Picture, scene.Objects.Count, scene.Largest)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"Version":1,"Title":"t","Classes":["a"],"Size":64,"IsSynthetic":true,"Scenes":[{"File":"training/00000","Objects":[{"Cla""")]
    [InlineData("""{"Version":1,"Title":"t","Classes":["a"],"Size":64,"IsSynthetic":true,"Scenes":[{"File":"training/0","Objects":[]}]}""")]
    [InlineData("""{"Version":1,"Title":"t","Classes":["a"],"Size":64,"IsSynthetic":true,"Scenes":[{"File":"training/0","Objects":[{"Class":0,"Name":"a","Box":[1,2,3],"Mask":1}]}]}""")]
    [InlineData("""{"Version":1,"Title":"t","Classes":["a"],"Size":64,"IsSynthetic":true,"Scenes":[{"File":"training/0","Objects":[{"Class":1,"Name":"a","Box":[1,2,3,4],"Mask":1}]}]}""")]
    public void Read_BrokenIndex_SaysWhatToDo(string json)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("scenes.json", json);

        var error = Assert.Throws<DataFormatException>(() => SceneFiles.Read(folder.Path));

        Assert.Equal(path, error.Path);
        Assert.Contains("delete the folder, it is made again", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingIndex_SaysWhatToDo()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("delete the folder", Assert.Throws<DataFormatException>(() => SceneFiles.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Make_Cancelled_LeavesNothing()
    {
        using var cache = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() =>
            SceneMaker.Generate(new([], cache.Path, fetcher: null), options, cancellation: cancellation.Token));

        Assert.Empty(Directory.GetDirectories(cache.Path));
    }

    private static PixelBox Around(Image mask, int number)
    {
        var box = (Left: int.MaxValue, Top: int.MaxValue, Right: 0, Bottom: 0);
        for (var y = 0; y < mask.Height; y++)
            for (var x = 0; x < mask.Width; x++)
                if (mask.Row(y)[x] == number) box = (Math.Min(box.Left, x), Math.Min(box.Top, y), Math.Max(box.Right, x + 1), Math.Max(box.Bottom, y + 1));
        return new(box.Left, box.Top, box.Right, box.Bottom);
    }

    private static SortedDictionary<string, byte[]> Contents(string folder) => new(
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(folder, file), File.ReadAllBytes),
        StringComparer.Ordinal);

    /// <summary>One set for all tests.</summary>
    public sealed class Made : IDisposable
    {
        public Made()
        {
            Store = new DatasetStore([], Cache.Path, fetcher: null);
            Set = SceneMaker.Load(Store, options, new Listener(Told));
        }

        internal TemporaryFolder Cache { get; } = new();

        internal DatasetStore Store { get; }

        internal SceneSet Set { get; }

        internal List<string> Told { get; } = [];

        public void Dispose() => Cache.Dispose();
    }

    private sealed class Listener(List<string> told) : IProgress<FetchProgress>
    {
        public void Report(FetchProgress value)
        {
            lock (told) told.Add(value.Activity);
        }
    }
}
