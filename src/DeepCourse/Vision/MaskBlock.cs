using DeepCourse.Data;
using DeepCourse.Tensors;
using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Transforms;

namespace DeepCourse.Vision;

/// <summary>Masks as targets: one label a pixel, resized to the nearest pixel so that labels stay labels.</summary>
/// <remarks>A palette PNG gives its indices, another file its grey values. Batches are uint8, [batch, height, width];
/// losses want <c>to(ScalarType.Int64)</c> on the device.</remarks>
/// <param name="resize">How masks become frames; for random ones place picture and mask by the same draw first
/// (<see cref="ImageSource.Place"/>, <see cref="ImageSource.At"/>).</param>
public sealed class MaskBlock(Resize resize) : IBlock<ImageSource, EncodedImage, Tensor>
{
    /// <summary>Masks squashed to a square.</summary>
    /// <param name="size">Side in pixels.</param>
    public MaskBlock(int size)
        : this(Resize.Squash(size))
    {
    }

    /// <summary>How masks become frames.</summary>
    public Resize Resize { get; } = resize;

    /// <summary>Label of the borders that padding leaves.</summary>
    /// <value>The default is 255, which data sets such as Pascal VOC use for "do not count".</value>
    public byte Border { get; init; } = 255;

    /// <inheritdoc/>
    /// <exception cref="DataFormatException">The file is not a picture, or damaged.</exception>
    public EncodedImage Encode(ImageSource raw, Random random)
    {
        ArgumentNullException.ThrowIfNull(raw);
        return new(raw.Render(Resize, PixelLayout.Labels, ResizeFilter.Nearest, [Border], tolerate: false, random));
    }

    /// <inheritdoc/>
    /// <param name="batch">uint8 or int64, [batch, height, width].</param>
    /// <param name="index">Which item, from 0.</param>
    public ImageSource Decode(Tensor batch, int index)
    {
        using var scope = torch.NewDisposeScope();
        return ImageSource.FromImage(ImageBatch.ToImage(batch.unsqueeze(3).to(ScalarType.Byte), index));
    }

    /// <inheritdoc/>
    /// <returns>uint8, [batch, height, width].</returns>
    public Tensor Collate(IReadOnlyList<EncodedImage> items)
    {
        using var labels = ImageBatch.Of(items);
        return labels.squeeze(3);
    }

    /// <inheritdoc/>
    public EncodedImage Mock(Random random) => ImageBatch.Mock(Resize.Frame, 1, 2, random);
}
