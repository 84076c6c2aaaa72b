using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision;

/// <summary>A white rectangle on black: its box can be read back off the pixels, whatever was done to them.</summary>
internal static class PaintedBox
{
    public static Image Paint(PixelSize size, PixelBox box, int channels = 3)
    {
        var image = new Image(size.Width, size.Height, channels);
        for (var y = (int)box.Top; y < (int)box.Bottom; y++)
            for (var x = (int)box.Left; x < (int)box.Right; x++) image[x, y].Fill(255);
        return image;
    }

    /// <summary>The box around everything lighter than middle grey; null when there is nothing.</summary>
    public static PixelBox? Find(Image image)
    {
        var points = new List<PixelPoint>();
        for (var y = 0; y < image.Height; y++)
            for (var x = 0; x < image.Width; x++)
                if (image[x, y][0] > 127) points.AddRange([new(x, y), new(x + 1, y + 1)]);
        return points.Count == 0 ? null : PixelBox.Around([.. points]);
    }

    public static void AssertNear(PixelBox expected, PixelBox actual, float tolerance)
    {
        foreach (var (edge, other) in expected.ToArray().Zip(actual.ToArray()))
            Assert.True(Math.Abs(edge - other) <= tolerance, $"expected {expected}, got {actual}");
    }
}
