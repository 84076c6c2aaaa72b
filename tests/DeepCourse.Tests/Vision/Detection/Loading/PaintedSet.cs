using DeepCourse.Data;
using DeepCourse.Vision.Datasets;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision.Detection.Loading;

/// <summary>Pictures on disk with one rectangle of each class: class 0 in red, 1 in green, 2 in blue, on black, so that
/// boxes can be read back off the pixels whatever was done to them.</summary>
internal sealed class PaintedSet : IDisposable
{
    public const int Classes = 3;

    private readonly TemporaryFolder _folder = new();

    public PaintedSet(int count, PixelSize? size = null, bool withEmpty = false)
    {
        var random = new Random(5);
        Images = new("painted", ["red", "green", "blue"],
        [
            .. Enumerable.Range(0, count).Select(index =>
            {
                var canvas = size ?? new PixelSize(random.Next(100, 180), random.Next(100, 180));
                var objects = withEmpty && index % 2 == 0 ? [] : Objects(canvas, random);
                var path = Path.Combine(_folder.Path, $"{index}.png");
                File.WriteAllBytes(path, Paint(canvas, objects).ToPng());
                return new AnnotatedImage(path, canvas, objects);
            }),
        ]);
    }

    public AnnotatedImages Images { get; }

    public void Dispose() => _folder.Dispose();

    /// <summary>Asserts that the boxes of a batch, class by class, are around the pixels of that class.</summary>
    /// <returns>How many rectangles were compared.</returns>
    public static int AssertBoxesAreOnPixels(Batch<Tensor, DetectionTargets> batch, float tolerance)
    {
        var (compared, size) = (0, new PixelSize((int)batch.Inputs.shape[3], (int)batch.Inputs.shape[2]));
        for (var item = 0; item < batch.Size; item++)
            for (var label = 0; label < Classes; label++)
            {
                var boxes = new ObjectsBlock(Classes).Decode(batch.Targets, item)
                    .Where(found => found.Class == label).Select(found => found.Box.ToPixels(size)).ToList();
                var seen = Extent(batch.Inputs[item, label]);
                // What is narrower than two pixels may be too dark to be found.
                var clear = boxes.Where(box => box is { Width: > 2, Height: > 2 }).ToList();
                if (boxes.Count == 0) Assert.True(seen is null, $"{item}: class {label} is seen at {seen} but not marked");
                if (clear.Count == 0 || clear.Count < boxes.Count) continue;
                PaintedBox.AssertNear(
                    PixelBox.Around([.. clear.SelectMany(Corners)]), seen ?? throw new InvalidOperationException($"{item}: {clear[0]} is not seen"), tolerance);
                compared++;
            }
        return compared;
    }

    private static IEnumerable<PixelPoint> Corners(PixelBox box) => [new(box.Left, box.Top), new(box.Right, box.Bottom)];

    private static PixelBox? Extent(Tensor channel)
    {
        var (height, width) = ((int)channel.shape[0], (int)channel.shape[1]);
        var values = channel.contiguous().data<float>().ToArray();
        PixelBox? extent = null;
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                if (values[(y * width) + x] < 0.5f) continue;
                var pixel = PixelBox.FromSize(x, y, 1, 1);
                extent = extent is { } sofar ? PixelBox.Around([.. Corners(sofar), .. Corners(pixel)]) : pixel;
            }
        return extent;
    }

    private static AnnotatedObject[] Objects(PixelSize size, Random random) =>
    [
        .. Enumerable.Range(0, Classes).Select(label =>
        {
            var (width, height) = (random.Next(20, size.Width / 2), random.Next(20, size.Height / 2));
            return new AnnotatedObject(
                label, PixelBox.FromSize(random.Next(size.Width - width), random.Next(size.Height - height), width, height));
        }),
    ];

    private static Image Paint(PixelSize size, AnnotatedObject[] objects)
    {
        var image = new Image(size.Width, size.Height, 3);
        foreach (var item in objects)
            for (var y = (int)item.Box.Top; y < (int)item.Box.Bottom; y++)
                for (var x = (int)item.Box.Left; x < (int)item.Box.Right; x++) image[x, y][item.Class] = 255;
        return image;
    }
}
