using DeepCourse.Data;
using DeepCourse.Tensors;

namespace DeepCourse.Vision.Datasets;

/// <summary>Small pictures of one size with a class each, all of them in memory: CIFAR-10, Fashion-MNIST.</summary>
/// <remarks>The tensors belong to this set and outlive any dispose scope; dispose the set when it is no longer
/// needed.</remarks>
public sealed class LabeledPictures : IDisposable
{
    /// <summary>Takes tensors over.</summary>
    /// <param name="title">What reports call the set.</param>
    /// <param name="classes">Names of the classes.</param>
    /// <param name="pictures">uint8, [pictures, height, width, channels].</param>
    /// <param name="labels">int64, [pictures], on the same device.</param>
    /// <exception cref="ShapeException">Another shape.</exception>
    /// <exception cref="ArgumentException">Another type, or not one label a picture.</exception>
    public LabeledPictures(string title, IReadOnlyList<string> classes, Tensor pictures, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(classes);
        Guard.Rank(pictures, 4);
        Guard.Rank(labels, 1);
        if (pictures.dtype != ScalarType.Byte || labels.dtype != ScalarType.Int64)
            throw new ArgumentException($"expected pictures of uint8 and labels of int64, got {pictures.dtype} and {labels.dtype}");
        if (pictures.shape[0] != labels.shape[0])
            throw new ArgumentException($"got {pictures.shape[0]} pictures but {labels.shape[0]} labels", nameof(labels));
        (Title, Classes) = (title, classes);
        (Pictures, Labels) = (pictures.DetachFromDisposeScope(), labels.DetachFromDisposeScope());
    }

    /// <summary>What reports call the set.</summary>
    public string Title { get; }

    /// <summary>Names of the classes.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>uint8, [pictures, height, width, channels].</summary>
    public Tensor Pictures { get; }

    /// <summary>int64, [pictures].</summary>
    public Tensor Labels { get; }

    /// <summary>The number of pictures.</summary>
    public int Count => (int)Pictures.shape[0];

    /// <summary>Height and width of every picture, in pixels.</summary>
    public (int Height, int Width) Size => ((int)Pictures.shape[1], (int)Pictures.shape[2]);

    /// <summary>Samples a pixel: 3 for colours, 1 for greys.</summary>
    public int Channels => (int)Pictures.shape[3];

    /// <summary>The first pictures alone, as a set of its own.</summary>
    /// <param name="count">How many, at most all.</param>
    public LabeledPictures Take(int count) => Part(0, Math.Min(count, Count));

    /// <summary>A stretch of the pictures, as a set of its own.</summary>
    /// <param name="start">The first picture.</param>
    /// <param name="count">How many.</param>
    public LabeledPictures Part(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + count, Count);
        using var scope = NewDisposeScope();
        return new(Title, Classes, Pictures.narrow(0, start, count).clone(), Labels.narrow(0, start, count).clone());
    }

    /// <summary>The pictures in another order, as a set of its own.</summary>
    /// <param name="order">Which picture stands at each place.</param>
    public LabeledPictures InOrder(IReadOnlyList<int> order)
    {
        ArgumentNullException.ThrowIfNull(order);
        using var scope = NewDisposeScope();
        long[] places = [.. order.Select(index => (long)index)];
        var indices = torch.tensor(places).Place(Pictures.device);
        return new(Title, Classes, Pictures.index_select(0, indices), Labels.index_select(0, indices));
    }

    /// <summary>The set on a device; the caller disposes both.</summary>
    /// <param name="device">Where batches are wanted.</param>
    public LabeledPictures To(torch.Device device)
    {
        using var scope = NewDisposeScope();
        return new(Title, Classes, Pictures.to(device, copy: true), Labels.to(device, copy: true));
    }

    /// <summary>Mean and standard deviation of each channel over all pictures, for values in 0..1.</summary>
    /// <returns>One number a channel.</returns>
    public (double[] Mean, double[] Deviation) Statistics()
    {
        using var scope = NewDisposeScope();
        var (sum, squares) = (zeros(Channels, ScalarType.Float64, Pictures.device), zeros(Channels, ScalarType.Float64, Pictures.device));
        const int Piece = 5000;
        for (var start = 0; start < Count; start += Piece)
        {
            using var piece = NewDisposeScope();
            var values = Pictures.narrow(0, start, Math.Min(Piece, Count - start)).to(ScalarType.Float64).div_(255).view(-1, Channels);
            sum.add_(values.sum([0L]));
            squares.add_(values.square().sum([0L]));
        }
        var count = (double)Count * Size.Height * Size.Width;
        var means = (sum / count).ReadNumbers();
        var meanSquares = (squares / count).ReadNumbers();
        return (means, [.. means.Zip(meanSquares, (mean, square) => Math.Sqrt(Math.Max(square - mean * mean, 1e-12)))]);
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Pictures.Dispose();
        Labels.Dispose();
    }
}
