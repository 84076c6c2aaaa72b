using DeepCourse.Vision.Detection;

namespace DeepCourse.Tests.Vision.Detection;

/// <summary>Random targets as managed arrays and as tensors: empty slots anywhere, and a picture without objects.</summary>
internal sealed class DrawnObjects
{
    /// <summary>Draws objects.</summary>
    public DrawnObjects(int seed, int pictures, int slots, int classes, float largest = 0.6f)
    {
        var random = new Random(seed);
        Boxes = new float[pictures, slots][];
        Classes = new int[pictures, slots];
        for (var picture = 0; picture < pictures; picture++)
            for (var slot = 0; slot < slots; slot++)
            {
                var empty = picture == 1 || random.Next(4) == 0;
                Classes[picture, slot] = empty ? -1 : random.Next(classes);
                Boxes[picture, slot] = empty ? [0, 0, 0, 0] : Drawn(random, largest);
            }
    }

    /// <summary>Boxes, [picture, slot] of (left, top, right, bottom).</summary>
    public float[,][] Boxes { get; }

    /// <summary>Classes, [picture, slot], -1 for an empty slot.</summary>
    public int[,] Classes { get; }

    /// <summary>Pictures.</summary>
    public int Pictures => Classes.GetLength(0);

    /// <summary>Slots of each picture.</summary>
    public int Slots => Classes.GetLength(1);

    /// <summary>The same as tensors.</summary>
    public DetectionTargets ToTargets() => new(
        tensor(Boxes.Cast<float[]>().SelectMany(box => box).ToArray(), [Pictures, Slots, 4]),
        tensor(Classes.Cast<int>().Select(each => (long)each).ToArray(), [Pictures, Slots]));

    /// <summary>IoU in double precision.</summary>
    public static double Overlap(IReadOnlyList<float> first, IReadOnlyList<float> second)
    {
        var width = Math.Min((double)first[2], second[2]) - Math.Max((double)first[0], second[0]);
        var height = Math.Min((double)first[3], second[3]) - Math.Max((double)first[1], second[1]);
        var common = Math.Max(0, width) * Math.Max(0, height);
        return common / (Area(first) + Area(second) - common);
    }

    private static double Area(IReadOnlyList<float> box) => ((double)box[2] - box[0]) * ((double)box[3] - box[1]);

    private static float[] Drawn(Random random, float largest)
    {
        var (width, height) = (0.05f + random.NextSingle() * (largest - 0.05f), 0.05f + random.NextSingle() * (largest - 0.05f));
        var (left, top) = (random.NextSingle() * (1 - width), random.NextSingle() * (1 - height));
        return [left, top, left + width, top + height];
    }
}
