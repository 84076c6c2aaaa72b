namespace DeepCourse.Vision.Augmentation;

/// <summary>An augmentation that changes colours and leaves everything in its place.</summary>
public abstract record ColourAugmentation : Augmentation
{
    /// <summary>Sets the chance of a change.</summary>
    /// <param name="probability">0..1.</param>
    protected ColourAugmentation(double probability)
        : base(probability)
    {
    }

    /// <summary>Draws one map.</summary>
    /// <param name="random">The only source of chance.</param>
    /// <returns>How colours change.</returns>
    public abstract ColourMap Draw(Random random);
}
