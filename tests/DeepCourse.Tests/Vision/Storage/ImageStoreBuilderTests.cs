using DeepCourse.Data;
using DeepCourse.Tensors;
using DeepCourse.Vision;
using DeepCourse.Vision.Storage;
using DeepCourse.Vision.Transforms;

namespace DeepCourse.Tests.Vision.Storage;

/// <summary>Pictures to stores: the same at any number of threads and after any interruption, and never a stale
/// one.</summary>
public sealed class ImageStoreBuilderTests : IDisposable
{
    private static readonly ImageStoreOptions Frames = new() { Resize = Resize.Squash(12), Threads = 2, BytesInPart = 4000 };

    private readonly StoredPictures _pictures = new();

    private string Target => _pictures.Target;

    public void Dispose() => _pictures.Dispose();

    [Fact]
    public void Build_AnyNumberOfThreads_GivesTheSameBytes()
    {
        var files = _pictures.Write(40);
        var expected = Bytes(1);

        foreach (var threads in new[] { 2, 7 }) Assert.Equal(expected, Bytes(threads));
        Assert.Equal(["pictures.images", "pictures.images.lock"], _pictures.LeftBeside);

        byte[] Bytes(int threads)
        {
            new ImageStoreBuilder(Frames with { Threads = threads }).Build(files, ImageSource.FromFile, Target).Dispose();
            return File.ReadAllBytes(Target);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Build_Interrupted_GoesOnAndGivesTheSameBytes(int threads)
    {
        var files = _pictures.Write(60);
        var options = Frames with { Threads = threads };
        new ImageStoreBuilder(options).Build(files, ImageSource.FromFile, Target).Dispose();
        var expected = File.ReadAllBytes(Target);
        File.Delete(Target);

        var done = Interrupt(options, files, after: 20);
        done = Interrupt(options, files, after: 40, mustBegin: done);
        Assert.False(File.Exists(Target));
        var steps = new List<ImageStoreProgress>();
        using (var store = new ImageStoreBuilder(options).Build(files, ImageSource.FromFile, Target, new Listener(steps.Add))) store.Verify();

        Assert.Equal(done + 1, steps[0].Done);
        Assert.Equal((60, 60), (steps[^1].Done, steps[^1].Total));
        Assert.Equal(expected, File.ReadAllBytes(Target));
        Assert.Equal(["pictures.images", "pictures.images.lock"], _pictures.LeftBeside);
    }

    [Fact]
    public void Build_KilledBetweenTwoNotes_GoesOnFromTheLast()
    {
        var files = _pictures.Write(60);
        new ImageStoreBuilder(Frames).Build(files, ImageSource.FromFile, Target).Dispose();
        var expected = File.ReadAllBytes(Target);
        File.Delete(Target);
        Interrupt(Frames, files, after: 30);
        // What a process leaves that dies while it writes: more than was noted.
        foreach (var name in new[] { ".part", ".part.table" })
            using (var part = new FileStream(Target + name, FileMode.Append)) part.Write([1, 2, 3, 4, 5]);

        new ImageStoreBuilder(Frames).Build(files, ImageSource.FromFile, Target).Dispose();

        Assert.Equal(expected, File.ReadAllBytes(Target));
    }

    [Fact]
    public void Build_APictureChangedSinceTheInterruption_GoesOnFromThere()
    {
        var files = _pictures.Write(60);
        Interrupt(Frames, files, after: 40);
        _pictures.Write(10, seed: 1000);

        var steps = new List<ImageStoreProgress>();
        using var store = new ImageStoreBuilder(Frames).Build(files, ImageSource.FromFile, Target, new Listener(steps.Add));

        Assert.Equal(11, steps[0].Done);
        var block = new ImageBlock(12);
        Assert.All(files.Zip(store.AsList()), pair =>
            Assert.Equal(StoredPictures.Render(block, ImageSource.FromFile(pair.First)), StoredPictures.Render(block, pair.Second)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Build_SlowWriter_FewPicturesWaitInMemory(int threads)
    {
        var files = _pictures.Write(60);
        var (begun, most) = (0, 0);

        new ImageStoreBuilder(Frames with { Threads = threads }).Build(
            files, Read, Target, new Listener(step =>
            {
                Thread.SpinWait(50_000);
                most = Math.Max(most, Volatile.Read(ref begun) - step.Done);
            })).Dispose();

        Assert.InRange(most, 0, 2 * threads + 1);

        ImageSource Read(string path)
        {
            Interlocked.Increment(ref begun);
            return ImageSource.FromFile(path);
        }
    }

    [Fact]
    public void OpenOrBuild_NothingChanged_OpensWhatIsThere()
    {
        var files = _pictures.Write(3);
        new ImageStoreBuilder(Frames).OpenOrBuild(files, ImageSource.FromFile, Target).Dispose();
        var steps = new List<ImageStoreProgress>();

        using var store = new ImageStoreBuilder(Frames with { Threads = 1 })
            .OpenOrBuild(files, ImageSource.FromFile, Target, new Listener(steps.Add));

        Assert.Empty(steps);
        Assert.Equal(3, store.Count);
    }

    [Fact]
    public void OpenOrBuild_OptionsPicturesOrTheirNumberChanged_BuildsAnew()
    {
        var files = _pictures.Write(3);
        Build(Frames, files);

        Assert.True(Build(Frames with { Resize = Resize.Squash(14) }, files));
        Assert.True(Build(Frames, files));
        Assert.False(Build(Frames, files));
        Assert.True(Build(Frames, files[..2]));
        _pictures.Write(1, seed: 77);
        Assert.True(Build(Frames, files[..2]));
        Assert.False(Build(Frames, files[..2]));

        bool Build(ImageStoreOptions options, string[] paths)
        {
            var steps = new List<ImageStoreProgress>();
            new ImageStoreBuilder(options).OpenOrBuild(paths, ImageSource.FromFile, Target, new Listener(steps.Add)).Dispose();
            return steps.Count > 0;
        }
    }

    [Fact]
    public void OpenOrBuild_AnotherKindOfFile_IsLeftAlone()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        File.WriteAllText(Target, "My only copy of something else.");

        var error = Assert.Throws<DataFormatException>(
            () => new ImageStoreBuilder(Frames).OpenOrBuild(_pictures.Write(1), ImageSource.FromFile, Target));

        Assert.Contains("not an image store", error.Message, StringComparison.Ordinal);
        Assert.Equal("My only copy of something else.", File.ReadAllText(Target));
    }

    [Fact]
    public void OpenOrBuild_OlderVersion_BuildsAnew()
    {
        var files = _pictures.Write(2);
        new ImageStoreBuilder(Frames).Build(files, ImageSource.FromFile, Target).Dispose();
        var bytes = File.ReadAllBytes(Target);
        bytes[8] = 0;
        File.WriteAllBytes(Target, bytes);

        Assert.Contains("version 0", Assert.Throws<DataFormatException>(() => ImageStore.Open(Target)).Message, StringComparison.Ordinal);
        using var store = new ImageStoreBuilder(Frames).OpenOrBuild(files, ImageSource.FromFile, Target);

        store.Verify();
    }

    [Fact]
    public void OpenOrBuild_AnotherProcessIsAtIt_Waits()
    {
        var files = _pictures.Write(2);
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        using var cancellation = new CancellationTokenSource();
        using var held = new FileStream(Target + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var steps = new List<ImageStoreProgress>();

        Assert.Throws<OperationCanceledException>(() => new ImageStoreBuilder(Frames).OpenOrBuild(
            files, ImageSource.FromFile, Target, new Listener(step =>
            {
                steps.Add(step);
                cancellation.Cancel();
            }), cancellation.Token));

        Assert.Contains("waiting", Assert.Single(steps).Activity, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_UnreadablePicture_NamesItOrKeepsItsNumber()
    {
        var files = _pictures.Write(4);
        File.WriteAllText(files[1], "This is no picture.");
        File.Delete(files[3]);

        var error = Assert.Throws<ItemException>(() => new ImageStoreBuilder(Frames).Build(files, ImageSource.FromFile, Target));
        Assert.Equal((1, files[1]), (error.Index, error.Item));
        using var store = new ImageStoreBuilder(Frames with { Unreadable = UnreadableItems.Skip }).Build(files, ImageSource.FromFile, Target);

        Assert.Equal([(1, files[1]), (3, files[3])], store.Unreadable.Select(item => (item.Index, item.Item)));
        store.Verify();
        var block = DataBlock.Of(new ImageBlock(12), new NumberBlock(), (int index) => store[index], index => (float)index);
        using var scope = torch.NewDisposeScope();
        var loader = block.LoadAll([0, 1, 2, 3], new(BatchSize: 4) { Workers = 2, Unreadable = UnreadableItems.Skip });
        Assert.Equal([0f, 2], loader.Batches(0).Single().Targets.data<float>().ToArray());
        Assert.Contains("found text that starts with", loader.Skipped[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_ThatContradictThemselves_AreRefused()
    {
        ImageStoreOptions[] wrong =
        [
            new() { Resize = Resize.RandomCrop(8) },
            new() { Resize = Resize.Squash(8), ShortestSide = 8 },
            new() { JpegQuality = 90, Layout = DeepCourse.Vision.Imaging.PixelLayout.Labels },
            new() { JpegQuality = 101 },
            new() { ShortestSide = 0 },
            new() { Threads = 0 },
        ];
        Assert.All(wrong, options => Assert.ThrowsAny<ArgumentException>(() => new ImageStoreBuilder(options)));
    }

    // Cancels after a number of pictures; returns how many the interrupted build has kept.
    private int Interrupt(ImageStoreOptions options, string[] files, int after, int mustBegin = 0)
    {
        using var cancellation = new CancellationTokenSource();
        var steps = new List<int>();
        Assert.Throws<OperationCanceledException>(() => new ImageStoreBuilder(options).Build(
            files, ImageSource.FromFile, Target, new Listener(step =>
            {
                steps.Add(step.Done);
                if (step.Done == after) cancellation.Cancel();
            }), cancellation.Token));
        Assert.Equal(mustBegin + 1, steps[0]);
        Assert.InRange(steps[^1], after, files.Length - 1);
        return steps[^1];
    }

    private sealed class Listener(Action<ImageStoreProgress> heard) : IProgress<ImageStoreProgress>
    {
        public void Report(ImageStoreProgress value) => heard(value);
    }
}
