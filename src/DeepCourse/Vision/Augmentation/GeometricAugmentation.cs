namespace DeepCourse.Vision.Augmentation;

/// <summary>An augmentation that moves pixels; masks, boxes and points move with them.</summary>
public abstract record GeometricAugmentation : Augmentation
{
    /// <summary>Sets the chance of a change.</summary>
    /// <param name="probability">0..1.</param>
    protected GeometricAugmentation(double probability)
        : base(probability)
    {
    }

    /// <summary>Draws one map.</summary>
    /// <param name="random">The only source of chance.</param>
    /// <param name="aspectRatio">Width over height of the pictures.</param>
    /// <returns>Where the picture's points go.</returns>
    public abstract Homography Draw(Random random, double aspectRatio);
}
