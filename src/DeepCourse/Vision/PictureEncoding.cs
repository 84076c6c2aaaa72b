using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision;

/// <summary>Pictures for reports: tensors to PNG or JPEG bytes.</summary>
public static class PictureEncoding
{
    /// <summary>One picture of a normalised batch as a file.</summary>
    /// <param name="images">Float, [batch, 3, height, width].</param>
    /// <param name="index">Which item, from 0.</param>
    /// <param name="statistics">The statistics it was normalised with.</param>
    /// <returns>JPEG bytes.</returns>
    public static byte[] ToJpeg(Tensor images, int index, ImageStatistics statistics) =>
        ToImage(images, index, statistics).ToJpeg();

    /// <summary>One picture of a batch of bytes as a file.</summary>
    /// <param name="images">uint8, [batch, height, width, channels].</param>
    /// <param name="index">Which item, from 0.</param>
    /// <returns>JPEG bytes.</returns>
    public static byte[] ToJpeg(Tensor images, int index) => ImageBatch.ToImage(images, index).ToJpeg();

    /// <summary>One picture of a normalised batch.</summary>
    /// <param name="images">Float, [batch, 3, height, width].</param>
    /// <param name="index">Which item, from 0.</param>
    /// <param name="statistics">The statistics it was normalised with.</param>
    /// <returns>The picture.</returns>
    public static Image ToImage(Tensor images, int index, ImageStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var scope = torch.NewDisposeScope();
        return ImageBatch.ToImage(ImageBatch.ToBytes(images.narrow(0, index, 1).detach(), statistics), 0);
    }

    /// <summary>A map of numbers as a grey picture: the smallest becomes black, the largest white.</summary>
    /// <param name="map">Numbers, [height, width].</param>
    /// <returns>One channel.</returns>
    public static Image ToGrey(Tensor map)
    {
        ArgumentNullException.ThrowIfNull(map);
        using var scope = torch.NewDisposeScope();
        var low = map.min();
        var range = (map.max() - low).clamp(1e-12);
        var grey = map.detach().sub(low).div(range).mul(255).round().to(ScalarType.Byte);
        return ImageBatch.ToImage(grey.unsqueeze(0).unsqueeze(3), 0);
    }
}
