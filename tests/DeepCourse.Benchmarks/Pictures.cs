using DeepCourse.Data.Catalogue;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Benchmarks;

/// <summary>JPEG files to load: the blood cells where they can be had, else pictures of noise of the same size; and large
/// ones of noise.</summary>
internal static class Pictures
{
    internal static string Cache => DatasetStore.FromEnvironment().Cache;

    internal static string Folder()
    {
        try
        {
            return Path.Combine(DatasetStore.FromEnvironment().Get(DatasetCatalogue.Find("bccd")), "JPEGImages");
        }
        catch (DatasetUnavailableException)
        {
            return Made("bench-pictures", 256, new PixelSize(640, 480));
        }
    }

    /// <summary>Pictures as a camera's, of which a network sees a seventh of the width.</summary>
    internal static string LargeFolder() => Made("bench-pictures-large", 64, new PixelSize(1600, 1200));

    // Smooth noise with a little grain compresses about as well as a photograph.
    private static string Made(string name, int count, PixelSize size)
    {
        const int Blur = 8, Grain = 5;
        var folder = Path.Combine(Cache, name);
        Directory.CreateDirectory(folder);
        for (var i = 0; i < count; i++)
        {
            var path = Path.Combine(folder, $"{i:000}.jpg");
            if (File.Exists(path)) continue;
            var random = new Random(i);
            var small = new Image(size.Width / Blur, size.Height / Blur, 3);
            random.NextBytes(small.Pixels);
            var picture = small.Resize(size, ResizeFilter.Bicubic);
            foreach (ref var sample in picture.Pixels.AsSpan())
                sample = (byte)Math.Clamp(sample + random.Next(-Grain, Grain + 1), 0, 255);
            File.WriteAllBytes(path, picture.ToJpeg());
        }
        return folder;
    }
}
