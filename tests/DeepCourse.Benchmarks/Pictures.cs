using DeepCourse.Data;
using DeepCourse.Data.Catalogue;
using DeepCourse.Vision;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Benchmarks;

/// <summary>JPEG files to load: the blood cells where they can be had, else pictures of noise of the same size.</summary>
internal static class Pictures
{
    private const int MadeCount = 256;

    internal static string Folder()
    {
        try
        {
            return Path.Combine(DatasetStore.FromEnvironment().Get(DatasetCatalogue.Find("bccd")), "JPEGImages");
        }
        catch (DatasetUnavailableException)
        {
            return Made();
        }
    }

    internal static ILoader<Tensor, Tensor> Load(string[] paths, int size, int batchSize, int workers)
    {
        var block = DataBlock.Of(new ImageBlock(size), new NumberBlock(), (string path) => ImageSource.FromFile(path), _ => 0f);
        return block.LoadAll(paths, new LoaderOptions(batchSize) { Workers = workers, Sampler = Sampler.Shuffled });
    }

    // Smooth noise compresses about as well as a photograph.
    private static string Made()
    {
        var folder = Path.Combine(DatasetStore.FromEnvironment().Cache, "bench-pictures");
        Directory.CreateDirectory(folder);
        for (var i = 0; i < MadeCount; i++)
        {
            var path = Path.Combine(folder, $"{i:000}.jpg");
            if (File.Exists(path)) continue;
            var small = new Image(80, 60, 3);
            new Random(i).NextBytes(small.Pixels);
            File.WriteAllBytes(path, small.Resize(new PixelSize(640, 480), ResizeFilter.Bicubic).ToJpeg());
        }
        return folder;
    }
}
