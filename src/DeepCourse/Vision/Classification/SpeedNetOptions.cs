namespace DeepCourse.Vision.Classification;

/// <summary>How large a <see cref="SpeedNet"/> is.</summary>
/// <param name="Classes">The number of classes.</param>
public sealed record SpeedNetOptions(int Classes = 10)
{
    /// <summary>Channels of the pictures.</summary>
    public int Channels { get; init; } = 3;

    /// <summary>Channels of the three groups; 64, 256, 256 are the published ones.</summary>
    public (int First, int Second, int Third) Widths { get; init; } = (64, 256, 256);

    /// <summary>Whether the first layer takes its filters from the pictures; otherwise they are random and
    /// learn.</summary>
    public bool Whitens { get; init; } = true;

    /// <summary>What the statistics of the normalisations take from each batch.</summary>
    public double NormMomentum { get; init; } = 0.4;

    /// <summary>Widths in the published proportions.</summary>
    /// <param name="first">Channels of the first group; the others have four times as many.</param>
    public SpeedNetOptions Scaled(int first) => this with { Widths = (first, 4 * first, 4 * first) };
}
