using DeepCourse.Tensors;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Detection.Loading;

/// <summary>Trains on another picture size every few batches, so that a detector learns no single size.</summary>
/// <param name="Least">The smallest size, in sides of the frame.</param>
/// <param name="Most">The largest size.</param>
/// <param name="Every">Batches of one size.</param>
/// <param name="Multiple">Sides are multiples of this many pixels: the coarsest stride of the network.</param>
/// <remarks>Redmon and Farhadi 2016 (arXiv 1612.08242), section 2: sizes of 320 to 608, drawn anew every 10 batches.
/// Batches are resized on their device; boxes, being shares of the sides, stay as they are.</remarks>
public sealed record MultiScale(double Least = 0.75, double Most = 1.25, int Every = 10, int Multiple = 32)
{
    /// <summary>The size of a batch.</summary>
    /// <param name="frame">The loader's frame.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="epoch">Epoch, from 0.</param>
    /// <param name="batch">Batch of the epoch, from 0.</param>
    /// <returns>A size of about the frame's shape, always the same for the same numbers.</returns>
    public PixelSize SizeOf(PixelSize frame, int seed, int epoch, int batch)
    {
        var random = new Random(Seed.Derive(seed, epoch, batch / Math.Max(Every, 1), Multiple));
        var factor = Least + ((Most - Least) * random.NextDouble());
        return new(Side(frame.Width * factor), Side(frame.Height * factor));
    }

    private int Side(double pixels) => Math.Max(1, (int)Math.Round(pixels / Multiple)) * Multiple;
}
