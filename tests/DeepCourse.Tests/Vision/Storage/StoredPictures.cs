using DeepCourse.Vision;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision.Storage;

/// <summary>A folder with picture files, and a place for a store; gone after the test.</summary>
internal sealed class StoredPictures : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("store").FullName;

    public string Target => Path.Combine(_folder, "deep", "pictures.images");

    public string[] LeftBeside => [.. Directory.GetFiles(Path.GetDirectoryName(Target)!).Select(path => Path.GetFileName(path)).Order()];

    /// <summary>Writes pictures of noise, each of its own size.</summary>
    public string[] Write(int count) => [.. Enumerable.Range(0, count).Select(index => Write(index, seed: index))];

    public string Write(int index, int seed)
    {
        var path = Path.Combine(_folder, $"{index:000}.png");
        File.WriteAllBytes(path, Noise(seed, 20 + (index % 5), 16 + (index % 3)).ToPng());
        return path;
    }

    public static Image Noise(int seed, int width, int height, int channels = 3)
    {
        var image = new Image(width, height, channels);
        new Random(seed).NextBytes(image.Pixels);
        return image;
    }

    public static byte[] Render(ImageBlock block, ImageSource source, int seed = 1)
    {
        using var item = block.Encode(source, new Random(seed));
        return item.Pixels.ToArray();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
