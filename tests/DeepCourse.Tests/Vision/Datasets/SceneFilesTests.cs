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

    private static SortedDictionary<string, string> Contents(string folder) => new(
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(folder, file), file => Convert.ToHexString(File.ReadAllBytes(file))),
        StringComparer.Ordinal);
}
