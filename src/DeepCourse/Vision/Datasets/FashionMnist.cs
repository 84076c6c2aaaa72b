using DeepCourse.Data.Catalogue;
using DeepCourse.Tensors;

namespace DeepCourse.Vision.Datasets;

/// <summary>Fashion-MNIST: 60,000 + 10,000 grey pictures of clothes, 28 x 28 pixels, ten classes (Xiao et al. 2017,
/// arXiv 1708.07747).</summary>
/// <remarks>A border of two black pixels brings them to 32 x 32, the size of CIFAR-10; the background is black
/// anyway.</remarks>
public static class FashionMnist
{
    private const int Border = 2;

    /// <summary>Names of the classes, in the published order.</summary>
    public static IReadOnlyList<string> Classes { get; } =
        ["T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot"];

    /// <summary>Finds or fetches the set and gives all of it.</summary>
    /// <param name="store">Where data sets are.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellation">Stops the fetching.</param>
    /// <returns>The two sets, on the CPU; the caller disposes them.</returns>
    /// <exception cref="DatasetUnavailableException">It was not found and could not be fetched.</exception>
    /// <exception cref="DataFormatException">Files are missing or broken.</exception>
    public static PictureSets Load(
        DatasetStore store, IProgress<FetchProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var marker = PackageDatasets.FashionMnist.Markers[0];
        var folder = Path.Combine(
            store.Get(PackageDatasets.FashionMnist, progress, cancellation), Path.GetDirectoryName(marker)!);
        return Read(folder);
    }

    /// <summary>Reads the four files of a folder.</summary>
    /// <param name="folder">Holds <c>train-images-idx3-ubyte.gz</c> and its three companions.</param>
    /// <returns>The two sets, on the CPU; the caller disposes them.</returns>
    /// <exception cref="DataFormatException">Files are missing or broken.</exception>
    public static PictureSets Read(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return new(Part(folder, "train", "Fashion-MNIST"), Part(folder, "t10k", "Fashion-MNIST, test"));
    }

    private static LabeledPictures Part(string folder, string part, string title)
    {
        using var scope = NewDisposeScope();
        var images = IdxFile.Read(Existing(folder, $"{part}-images-idx3-ubyte.gz"));
        var labels = IdxFile.Read(Existing(folder, $"{part}-labels-idx1-ubyte.gz")).to(ScalarType.Int64);
        Guard.Rank(images, 3);
        var framed = zeros([images.shape[0], images.shape[1] + 2 * Border, images.shape[2] + 2 * Border, 1], ScalarType.Byte);
        framed.narrow(1, Border, images.shape[1]).narrow(2, Border, images.shape[2]).copy_(images.unsqueeze(3));
        return new(title, Classes, framed, labels);
    }

    private static string Existing(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? path : throw new DataFormatException(path, "expected this file, it is not there");
    }
}
