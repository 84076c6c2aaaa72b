using DeepCourse.Tensors;

namespace DeepCourse.Vision.Classification;

/// <summary>Ways to look at the same batch of pictures: as it is, mirrored, moved by a pixel.</summary>
public static class PictureViews
{
    /// <summary>As it is alone.</summary>
    public static IReadOnlyList<PictureView> Plain { get; } = [new(1, static images => images)];

    /// <summary>As it is and mirrored, half and half.</summary>
    public static IReadOnlyList<PictureView> Mirrored { get; } = [new(0.5, static images => images), new(0.5, Mirror)];

    /// <summary>Half as above; half moved by a pixel to the upper left and to the lower right, each of them plain and
    /// mirrored (Jordan 2024, arXiv 2404.00498, section 3.5).</summary>
    public static IReadOnlyList<PictureView> MirroredAndMoved { get; } =
    [
        new(0.25, static images => images),
        new(0.25, Mirror),
        new(0.125, static images => Move(images, 1)),
        new(0.125, static images => MirroredMove(images, 1)),
        new(0.125, static images => Move(images, -1)),
        new(0.125, static images => MirroredMove(images, -1)),
    ];

    /// <summary>Left and right change places.</summary>
    /// <param name="images">[batch, channels, height, width].</param>
    public static Tensor Mirror(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        return images.flip(3);
    }

    /// <summary>Moves pictures by the same distance down and to the right; what comes in at the edge is reflected.</summary>
    /// <param name="images">[batch, channels, height, width].</param>
    /// <param name="pixels">How far; negative moves up and to the left.</param>
    public static Tensor Move(Tensor images, int pixels)
    {
        Guard.Rank(images, 4);
        using var scope = NewDisposeScope();
        var rows = Places(images.shape[2], pixels, images.device);
        var columns = Places(images.shape[3], pixels, images.device);
        return images.index_select(2, rows).index_select(3, columns).MoveToOuterDisposeScope();
    }

    private static Tensor MirroredMove(Tensor images, int pixels)
    {
        using var moved = Move(images, pixels);
        return Mirror(moved);
    }

    /// <summary>Places beyond an edge, mirrored there: -1 is 1, -2 is 2, length is length - 2; the edge itself is not
    /// repeated.</summary>
    internal static Tensor Reflected(Tensor places, long length) => length - 1 - (length - 1 - places.abs()).abs();

    private static Tensor Places(long length, int pixels, torch.Device device) =>
        Reflected(torch.arange(length, ScalarType.Int64, device) - pixels, length);
}

/// <summary>One way to look at a batch.</summary>
/// <param name="Weight">Its share of the mean; the shares of all views add up to 1.</param>
/// <param name="Of">Makes the view.</param>
public sealed record PictureView(double Weight, Func<Tensor, Tensor> Of);
