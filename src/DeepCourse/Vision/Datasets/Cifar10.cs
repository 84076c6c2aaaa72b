using System.Runtime.ExceptionServices;
using DeepCourse.Data.Catalogue;
using DeepCourse.Tensors;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Datasets;

/// <summary>CIFAR-10: 50,000 + 10,000 photographs of 32 x 32 pixels in ten classes (Krizhevsky 2009).</summary>
/// <remarks>
/// Reads the copy of the catalogue, a folder of JPEG files per class. JPEG loses a little, so accuracies on it are not
/// exactly those on the published arrays. The decoded pictures are kept in one file in the cache (184 MB), which is
/// read in a fraction of a second.
/// </remarks>
public static class Cifar10
{
    /// <summary>Height and width of a picture, in pixels.</summary>
    public const int Size = 32;

    private const string CacheName = "cifar10-32px-v1.safetensors";

    /// <summary>Names of the classes, in the published order.</summary>
    public static IReadOnlyList<string> Classes { get; } =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>Finds or fetches the set and gives all of it.</summary>
    /// <param name="store">Where data sets are.</param>
    /// <param name="workers">Threads that decode; 0 for one.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellation">Stops fetching and decoding.</param>
    /// <returns>The two sets, on the CPU; the caller disposes them.</returns>
    /// <exception cref="DatasetUnavailableException">It was not found and could not be fetched.</exception>
    /// <exception cref="DataFormatException">Pictures are missing or broken.</exception>
    public static PictureSets Load(
        DatasetStore store,
        int workers = 2,
        IProgress<FetchProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var file = Path.Combine(store.Cache, CacheName);
        if (File.Exists(file)) return Read(file);
        var folder = store.Get(WebDatasets.Cifar10, progress, cancellation);
        progress?.Report(new(WebDatasets.Cifar10.Name, "decoding 60,000 pictures, once"));
        return Decode(folder, file, workers, cancellation);
    }

    /// <summary>Decodes a folder with <c>train/CLASS/*.jpg</c> and <c>test/CLASS/*.jpg</c>.</summary>
    /// <param name="folder">The root.</param>
    /// <param name="cache">A file to keep the decoded pictures in; null keeps them nowhere.</param>
    /// <param name="workers">Threads that decode; 0 for one.</param>
    /// <param name="cancellation">Stops the decoding.</param>
    /// <returns>The two sets, on the CPU; the caller disposes them.</returns>
    /// <exception cref="DataFormatException">A class without pictures, or a picture that is broken or of another
    /// size.</exception>
    public static PictureSets Decode(
        string folder, string? cache = null, int workers = 2, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentOutOfRangeException.ThrowIfNegative(workers);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, workers), CancellationToken = cancellation };
        using var scope = NewDisposeScope();
        var (pictures, labels) = Part(folder, "train", parallel);
        var (testPictures, testLabels) = Part(folder, "test", parallel);
        if (cache is not null)
        {
            Weights.Write(cache, new Dictionary<string, Tensor>
            {
                ["train.pictures"] = pictures,
                ["train.labels"] = labels,
                ["test.pictures"] = testPictures,
                ["test.labels"] = testLabels,
            });
        }
        return Sets(pictures, labels, testPictures, testLabels);
    }

    private static PictureSets Read(string file)
    {
        using var scope = NewDisposeScope();
        var all = Weights.Read(file);
        return Sets(all["train.pictures"], all["train.labels"], all["test.pictures"], all["test.labels"]);
    }

    private static PictureSets Sets(Tensor pictures, Tensor labels, Tensor testPictures, Tensor testLabels) => new(
        new("CIFAR-10", Classes, pictures, labels), new("CIFAR-10, test", Classes, testPictures, testLabels));

    private static (Tensor Pictures, Tensor Labels) Part(string folder, string part, ParallelOptions parallel)
    {
        (string Path, long Class)[] files =
        [
            .. Classes.SelectMany((name, index) => Files(Path.Combine(folder, part, name)).Select(path => (path, (long)index))),
        ];
        var pictures = empty([files.Length, Size, Size, 3], ScalarType.Byte);
        Decode(files, pictures, parallel);
        long[] labels = [.. files.Select(file => file.Class)];
        return (pictures, torch.tensor(labels));
    }

    private static string[] Files(string folder)
    {
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.jpg") : [];
        if (files.Length == 0) throw new DataFormatException(folder, "expected *.jpg files, found none");
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private static void Decode((string Path, long Class)[] files, Tensor pictures, ParallelOptions parallel)
    {
        const int Bytes = Size * Size * 3;
        // A span can't go into a lambda: the workers decode a stretch, this thread copies it.
        const int Stretch = 2000;
        var decoded = new byte[Stretch][];
        for (var start = 0; start < files.Length; start += Stretch)
        {
            var count = Math.Min(Stretch, files.Length - start);
            Stretched(() => Parallel.For(0, count, parallel, index => decoded[index] = Pixels(files[start + index].Path)));
            var bytes = pictures.bytes;
            for (var index = 0; index < count; index++) decoded[index].CopyTo(bytes[((start + index) * Bytes)..]);
        }
    }

    private static byte[] Pixels(string path)
    {
        var image = ImageReader.Read(path);
        return image.Width == Size && image.Height == Size && image.Channels == 3
            ? image.Pixels
            : throw new DataFormatException(path, $"expected {Size} x {Size} x 3, found {image}");
    }

    // What is wrong with a picture should not hide in what is wrong with the loop.
    private static void Stretched(Action loop)
    {
        try
        {
            loop();
        }
        catch (AggregateException several) when (several.InnerException is DataFormatException first)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }
}
