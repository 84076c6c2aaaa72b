using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Detection.Loading;

/// <summary>Chooses which part of the plane around a training picture is seen in its frame: less than the picture
/// enlarges its objects, more of it makes them smaller.</summary>
/// <remarks>Drawn on the workers, before the picture is resized: however many there are, pixels are resampled once.
/// <b>Extending.</b> Derive a record and override <see cref="Draw"/>; what it returns must meet the picture.</remarks>
/// <param name="Probability">The chance that a picture is changed, 0..1.</param>
public abstract record ViewAugmentation(double Probability)
{
    /// <summary>Draws what is seen.</summary>
    /// <param name="view">What is seen so far, in the picture's pixels; the whole picture at first.</param>
    /// <param name="boxes">The objects' boxes in the picture's pixels.</param>
    /// <param name="random">The only source of chance.</param>
    /// <returns>What is seen from now on; what lies beyond the picture is filled with one colour.</returns>
    public abstract PixelArea Draw(PixelArea view, IReadOnlyList<PixelBox> boxes, Random random);

    /// <summary>A number evenly distributed in a range.</summary>
    private protected static double Even(Random random, double least, double most) =>
        least + ((most - least) * random.NextDouble());
}
