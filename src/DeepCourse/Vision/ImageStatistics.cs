using DeepCourse.Data;

namespace DeepCourse.Vision;

/// <summary>Mean and standard deviation of each colour channel over a data set, for values in 0..1.</summary>
/// <param name="Mean">Means of red, green, blue.</param>
/// <param name="Deviation">Standard deviations of red, green, blue; positive.</param>
/// <remarks>A pretrained network wants the statistics it was trained with, not those of the new data.</remarks>
public sealed record ImageStatistics(IReadOnlyList<float> Mean, IReadOnlyList<float> Deviation)
{
    /// <summary>ImageNet's, used by all of torchvision's networks.</summary>
    public static ImageStatistics ImageNet { get; } = new([0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    /// <summary>COCO's.</summary>
    public static ImageStatistics Coco { get; } = new([0.471f, 0.448f, 0.408f], [0.234f, 0.239f, 0.242f]);

    /// <summary>Scales 0..1 to -1..1, as generative networks want it.</summary>
    public static ImageStatistics Symmetric { get; } = new([0.5f, 0.5f, 0.5f], [0.5f, 0.5f, 0.5f]);

    /// <summary>Leaves values in 0..1.</summary>
    public static ImageStatistics None { get; } = new([0, 0, 0], [1, 1, 1]);

    /// <summary>The grey or colour whose normalised value is 0, as a byte a channel: what to fill borders
    /// with.</summary>
    /// <returns>Red, green, blue.</returns>
    public byte[] MeanColour() => [.. Mean.Select(mean => (byte)Math.Round(mean * 255))];

    /// <summary>As one multiplication and one addition on bytes: x * scale + shift.</summary>
    internal (Tensor Scale, Tensor Shift) ToTensors(torch.Device device)
    {
        long[] shape = [1, 3, 1, 1];
        var scale = torch.tensor([.. Deviation.Select(deviation => 1 / (255 * deviation))], shape).Place(device);
        var shift = torch.tensor(
            [.. Mean.Zip(Deviation, (mean, deviation) => -mean / deviation)], shape).Place(device);
        return (scale, shift);
    }
}
