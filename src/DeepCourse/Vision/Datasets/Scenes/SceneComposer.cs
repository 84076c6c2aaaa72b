using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Datasets.Scenes;

/// <summary>Puts things onto a part of a background, with boxes and masks that are exact to the pixel.</summary>
internal sealed class SceneComposer(IReadOnlyList<Sprite> sprites, IReadOnlyList<Image> backgrounds, int size)
{
    /// <summary>The side of the largest object, as a share of the scene's.</summary>
    private const double LeastLargest = 0.4, MostLargest = 0.8;

    /// <summary>No other object's side is more than this share of the largest one's.</summary>
    private const double MostOther = 0.7;

    /// <summary>Boxes of others stay below this share of the largest box, also after overlaps.</summary>
    private const float MostOtherArea = 0.6f;

    /// <summary>An object of which less than this share can be seen is no object to be found.</summary>
    private const double LeastVisible = 0.3;

    private const double MostTurn = 25;

    /// <summary>A picture that is enlarged by more than this looks washed out.</summary>
    private const double MostEnlarged = 1.6;

    private readonly Sprite[][] _classes =
        [.. sprites.GroupBy(sprite => sprite.Class).OrderBy(group => group.Key).Select(group => group.ToArray())];

    /// <summary>Composes one scene; all of it follows from the random source.</summary>
    internal (Image Picture, Image Mask, IReadOnlyList<SceneObject> Objects) Compose(Random random)
    {
        while (true)
        {
            var picture = Background(random);
            var mask = new Image(size, size, 1);
            var placed = Place(picture, mask, random);
            var objects = Measure(mask, placed);
            if (!HasClearLargest(objects)) continue;
            Tone.Draw(random, 0.75, 1.2, 0.9, 1.1).Apply(picture);
            return (picture, mask, objects);
        }
    }

    private Image Background(Random random)
    {
        var background = backgrounds[random.Next(backgrounds.Count)];
        var side = Between(random, 0.25, 1) * Math.Min(background.Width, background.Height);
        var from = new PixelArea(
            random.NextDouble() * (background.Width - side), random.NextDouble() * (background.Height - side), side, side);
        var part = background.Resize(new PixelSize(size, size), ResizeFilter.Bilinear, from);
        return random.Next(2) == 0 ? part : part.FlipHorizontally();
    }

    private List<Placed> Place(Image picture, Image mask, Random random)
    {
        int[] counts = [1, 2, 2, 3, 3, 4];
        var count = counts[random.Next(counts.Length)];
        var largest = Between(random, LeastLargest, MostLargest);
        double[] sides = [largest, .. Enumerable.Range(1, count - 1).Select(_ => Between(random, 0.15, MostOther * largest))];
        // What is drawn later lies on top, and that may be a small thing.
        random.Shuffle(sides);
        // One light for the whole scene, from somewhere above.
        var (light, depth, opacity) = (Between(random, -1, 1), Between(random, 0.03, 0.1), Between(random, 0.25, 0.6));
        var placed = new List<Placed>();
        for (var i = 0; i < count; i++)
        {
            var sprite = Draw(random);
            var drawn = Render(sprite, sides[i] * size, random);
            var left = (int)Math.Round(Between(random, -0.05 * drawn.Width, size - 0.95 * drawn.Width));
            var top = (int)Math.Round(Between(random, -0.05 * drawn.Height, size - 0.95 * drawn.Height));
            var (reach, blur) = (depth * sides[i] * size, 1 + (int)(0.03 * sides[i] * size));
            picture.Overlay(
                SoftShadow.Of(drawn, blur), left - 2 * blur - (int)(light * reach), top - 2 * blur + (int)reach, opacity);
            picture.Overlay(drawn, left, top);
            placed.Add(new(sprite, Mark(mask, drawn, left, top, (byte)(i + 1))));
        }
        return placed;
    }

    private Sprite Draw(Random random)
    {
        var kind = _classes[random.Next(_classes.Length)];
        return kind[random.Next(kind.Length)];
    }

    private static Image Render(Sprite sprite, double side, Random random)
    {
        var image = sprite.Style(side / MostEnlarged, random);
        var scale = side / Math.Max(image.Width, image.Height);
        image = image.Resize(new PixelSize(Rounded(image.Width * scale), Rounded(image.Height * scale)));
        if (random.Next(2) == 1) image = image.FlipHorizontally();
        image = image.RotateWhole(Between(random, -MostTurn, MostTurn));
        Tone.Draw(random, 0.7, 1.15, 0.9, 1.15).Apply(image);
        return image;

        static int Rounded(double length) => Math.Max(4, (int)Math.Round(length));
    }

    /// <summary>Writes an object's number where it covers the scene by more than half; returns how many pixels it has.</summary>
    private static int Mark(Image mask, Image drawn, int left, int top, byte number)
    {
        var count = 0;
        for (var y = 0; y < drawn.Height; y++)
        {
            var row = drawn.Row(y);
            var target = top + y >= 0 && top + y < mask.Height ? mask.Row(top + y) : [];
            for (var x = 0; x < drawn.Width; x++)
            {
                if (row[x * 4 + 3] < 128) continue;
                count++;
                if (left + x >= 0 && left + x < target.Length) target[left + x] = number;
            }
        }
        return count;
    }

    private static List<SceneObject> Measure(Image mask, List<Placed> placed)
    {
        var boxes = new (int Left, int Top, int Right, int Bottom, int Count)[placed.Count + 1];
        Array.Fill(boxes, (int.MaxValue, int.MaxValue, 0, 0, 0));
        for (var y = 0; y < mask.Height; y++)
        {
            var row = mask.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                ref var box = ref boxes[row[x]];
                box = (Math.Min(box.Left, x), Math.Min(box.Top, y), Math.Max(box.Right, x + 1), Math.Max(box.Bottom, y + 1), box.Count + 1);
            }
        }
        var objects = new List<SceneObject>();
        for (var i = 0; i < placed.Count; i++)
        {
            var (left, top, right, bottom, count) = boxes[i + 1];
            if (count < LeastVisible * placed[i].PixelCount) continue;
            objects.Add(new(placed[i].Sprite.Class, placed[i].Sprite.Name, new PixelBox(left, top, right, bottom), i + 1));
        }
        return objects;
    }

    private bool HasClearLargest(List<SceneObject> objects)
    {
        var areas = objects.Select(scene => scene.Box.Area).OrderDescending().ToArray();
        return areas.Length > 0
            && areas[0] >= 0.08 * size * size
            && (areas.Length == 1 || areas[1] <= MostOtherArea * areas[0]);
    }

    private static double Between(Random random, double low, double high) => low + random.NextDouble() * (high - low);

    private readonly record struct Placed(Sprite Sprite, int PixelCount);
}
