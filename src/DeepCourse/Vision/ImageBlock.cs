using DeepCourse.Data;
using DeepCourse.Tensors;
using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Transforms;

namespace DeepCourse.Vision;

/// <summary>Pictures as inputs: decoded no larger than needed and resized on the worker threads, batched as
/// bytes.</summary>
/// <remarks>Batches are uint8, [batch, height, width, 3]; a quarter of the size of floats on the way to the device.
/// <see cref="ImageBatch.ToFloat"/> turns them into what networks take, on the device.</remarks>
/// <param name="resize">How pictures become frames of one size.</param>
public sealed class ImageBlock(Resize resize) : IBlock<ImageSource, EncodedImage, Tensor>
{
    /// <summary>Pictures squashed to a square.</summary>
    /// <param name="size">Side in pixels.</param>
    public ImageBlock(int size)
        : this(Resize.Squash(size))
    {
    }

    /// <summary>How pictures become frames.</summary>
    public Resize Resize { get; } = resize;

    /// <summary>The kernel of the resize.</summary>
    /// <value>The default is <see cref="ResizeFilter.Bilinear"/>, antialiased.</value>
    public ResizeFilter Filter { get; init; } = ResizeFilter.Bilinear;

    /// <summary>Grey of the borders that padding leaves.</summary>
    /// <value>The default is 114, the value most detectors were trained with.</value>
    public byte Border { get; init; } = 114;

    /// <summary>Whether to take what a damaged JPEG still gives instead of an error.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool TolerateDamage { get; init; }

    /// <summary>The chance that a picture's left and right change places, 0..1: costs nothing, as the resize writes it so.
    /// Targets do not follow; where they must, mirror the batch (<see cref="Augmentation.Flip"/>).</summary>
    /// <value>The default is 0. Use a block without it for validation.</value>
    public double MirrorChance { get; init; }

    /// <inheritdoc/>
    /// <exception cref="DataFormatException">The file is not a picture, or damaged.</exception>
    public EncodedImage Encode(ImageSource raw, Random random)
    {
        ArgumentNullException.ThrowIfNull(raw);
        var source = MirrorChance > 0 && random.NextDouble() < MirrorChance ? raw.Mirrored() : raw;
        return new(source.Render(Resize, PixelLayout.Rgb, Filter, [Border], TolerateDamage, random));
    }

    /// <inheritdoc/>
    /// <param name="batch">uint8, [batch, height, width, 3].</param>
    /// <param name="index">Which item, from 0.</param>
    public ImageSource Decode(Tensor batch, int index) => ImageSource.FromImage(ImageBatch.ToImage(batch, index));

    /// <inheritdoc/>
    /// <returns>uint8, [batch, height, width, 3].</returns>
    public Tensor Collate(IReadOnlyList<EncodedImage> items) => ImageBatch.Of(items);

    /// <inheritdoc/>
    public EncodedImage Mock(Random random) => ImageBatch.Mock(Resize.Frame, 3, 256, random);
}
