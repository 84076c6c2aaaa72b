namespace DeepCourse.Vision.Classification;

/// <summary>How small training pictures change from epoch to epoch.</summary>
/// <param name="Mirroring">Which are mirrored.</param>
/// <param name="Shift">By how many pixels they move at most, up or down and to either side; what comes in at the edge
/// is the mirror image of what is there.</param>
/// <param name="Cutout">Side of a square that is blanked in every picture, in pixels; 0 for none (DeVries and Taylor
/// 2017, arXiv 1708.04552).</param>
public sealed record PictureAugmentation(Mirroring Mirroring = Mirroring.None, int Shift = 0, int Cutout = 0)
{
    /// <summary>Leaves pictures as they are.</summary>
    public static PictureAugmentation None { get; } = new();

    internal bool MovesPixels => Mirroring != Mirroring.None || Shift > 0;
}
