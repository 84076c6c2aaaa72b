using System.Text.Json.Nodes;
using DeepCourse.Data.Catalogue;
using DeepCourse.Tensors;
using DeepCourse.Vision.Datasets.Scenes;

namespace DeepCourse.Tests.Vision.Datasets;

public sealed class SceneFilesTests
{
    private static readonly SceneOptions few = new() { TrainingCount = 12, ValidationCount = 6, SizeInPixels = 48 };

    [Fact]
    public async Task Write_OnOneThread_GivesTheSameBytes()
    {
        using var many = new TemporaryFolder();
        using var one = new TemporaryFolder();
        var parts = ShapeParts.Make(seed: 3);
        // Parallel loops take the scheduler they are called from: this one runs one thing at a time.
        var alone = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;

        SceneFiles.Write(parts, few, many.Path, progress: null, CancellationToken.None);
        await Task.Factory.StartNew(
            () => SceneFiles.Write(parts, few, one.Path, progress: null, CancellationToken.None),
            CancellationToken.None, TaskCreationOptions.None, alone);

        var (first, second) = (Contents(many.Path), Contents(one.Path));
        Assert.Equal(2 * 24 + 1, first.Count);
        Assert.Equal(first, second);
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

    [Theory]
    [InlineData("scenes.json", "\"Class\":0", "\"Class\":1")]
    [InlineData("scenes.json", "\"MaskBytes\":", "\"MaskBytes\":1")]
    [InlineData("scenes.json", "\"Digest\":\"", "")]
    [InlineData("training/00003.jpg", null, null)]
    [InlineData("unseen/00005.png", null, null)]
    public void Generate_WhereTheFolderWasDamaged_SaysSoAndMakesItAgain(string file, string? old, string? @new)
    {
        using var cache = new TemporaryFolder();
        DatasetStore store = new([], cache.Path, fetcher: null);
        var folder = Path.GetDirectoryName(Path.GetDirectoryName(Scenes.Generate(store, few).Training[0].Picture))!;
        var whole = Contents(folder);
        var damaged = Path.Combine(folder, file);
        if (old is null) File.WriteAllBytes(damaged, File.ReadAllBytes(damaged)[..^1]);
        else File.WriteAllText(damaged, File.ReadAllText(damaged).Replace(old, @new, StringComparison.Ordinal));
        Assert.NotEqual(whole, Contents(folder));

        var said = new Said();
        Scenes.Generate(store, few, said);

        Assert.Contains(said.Activities, activity => activity.StartsWith("making them again: ", StringComparison.Ordinal) && activity.Contains(Path.GetFileName(file), StringComparison.Ordinal));
        Assert.Equal(whole, Contents(folder));
        var again = new Said();
        Scenes.Generate(store, few, again);
        Assert.Empty(again.Activities);
    }

    [Fact]
    public void Read_OfASetWithoutADigest_TakesItAsItIs()
    {
        using var folder = new TemporaryFolder();
        SceneFiles.Write(ShapeParts.Make(seed: 3), few, folder.Path, progress: null, CancellationToken.None);
        var index = JsonNode.Parse(File.ReadAllText(Path.Combine(folder.Path, "scenes.json")))!.AsObject();
        index.Remove("Digest");
        foreach (var scene in index["Scenes"]!.AsArray()) Assert.True(scene!.AsObject().Remove("PictureBytes") && scene.AsObject().Remove("MaskBytes"));
        folder.Write("scenes.json", index.ToJsonString());

        Assert.Equal(12, SceneFiles.Read(folder.Path).Training.Count);
    }

    [Fact]
    public void Generate_Cancelled_LeavesNothing()
    {
        using var cache = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() =>
            Scenes.Generate(new([], cache.Path, fetcher: null), few, cancellation: cancellation.Token));

        Assert.Empty(Directory.GetDirectories(cache.Path));
    }

    private sealed class Said : IProgress<FetchProgress>
    {
        public List<string> Activities { get; } = [];

        public void Report(FetchProgress value)
        {
            lock (Activities) Activities.Add(value.Activity);
        }
    }

    private static SortedDictionary<string, string> Contents(string folder) => new(
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(folder, file), file => Convert.ToHexString(File.ReadAllBytes(file))),
        StringComparer.Ordinal);
}
