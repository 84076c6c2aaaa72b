using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Detection.Loading;

/// <summary>A random part of the picture that overlaps at least one object by a minimum IoU; now and then any part, or
/// the whole.</summary>
/// <param name="LeastSide">The smallest side of a part, as a share of what is seen; in (0, 1].</param>
/// <param name="MostStretch">How much wider than high a part may be, in terms of those shares, and the other way
/// round.</param>
/// <remarks>Liu et al. 2016 (arXiv 1512.02325), section 2.2. The minimum is drawn first; where no part is found for it,
/// another is drawn. Where all objects are small no part overlaps one by much, and the draw is between any part with the
/// middle of an object in it and the whole.</remarks>
public sealed record OverlapCrop(double LeastSide = 0.3, double MostStretch = 2) : ViewAugmentation(1)
{
    private const int Parts = 50;
    private const int Minima = 20;

    /// <summary>The minima to choose from, each as likely; 0 stands for any part.</summary>
    /// <value>The default is 0, .1, .3, .5, .7 and .9. The whole is always one choice more.</value>
    public IReadOnlyList<double> LeastOverlaps { get; init; } = [0, 0.1, 0.3, 0.5, 0.7, 0.9];

    /// <inheritdoc/>
    public override PixelArea Draw(PixelArea view, IReadOnlyList<PixelBox> boxes, Random random)
    {
        ArgumentNullException.ThrowIfNull(boxes);
        ArgumentNullException.ThrowIfNull(random);
        for (var minimum = 0; minimum < Minima; minimum++)
        {
            var choice = random.Next(LeastOverlaps.Count + 1);
            if (choice == LeastOverlaps.Count) return view;
            for (var attempt = 0; attempt < Parts; attempt++)
                if (Part(view, random) is { } part && IsGood(part, boxes, LeastOverlaps[choice])) return part;
        }
        return view;
    }

    private PixelArea? Part(PixelArea view, Random random)
    {
        var (width, height) = (Even(random, LeastSide, 1), Even(random, LeastSide, 1));
        if (width > height * MostStretch || height > width * MostStretch) return null;
        return new(
            view.Left + (view.Width * (1 - width) * random.NextDouble()),
            view.Top + (view.Height * (1 - height) * random.NextDouble()),
            view.Width * width, view.Height * height);
    }

    private static bool IsGood(PixelArea part, IReadOnlyList<PixelBox> boxes, double least)
    {
        if (boxes.Count == 0) return least == 0;
        var edges = PixelBox.FromArea(part);
        return boxes.Any(box => edges.Holds(box.Center)) && boxes.Any(box => edges.IntersectionOverUnion(box) >= least);
    }
}
