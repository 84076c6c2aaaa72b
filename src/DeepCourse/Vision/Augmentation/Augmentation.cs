namespace DeepCourse.Vision.Augmentation;

/// <summary>Describes a random change of training pictures. Immutable; an <see cref="Augmenter"/> draws from it, and a
/// <see cref="BatchDraw"/> applies what was drawn to a whole batch on its device.</summary>
/// <remarks><b>Extending.</b> Derive from <see cref="GeometricAugmentation"/> for what moves pixels, from
/// <see cref="ColourAugmentation"/> for what changes colours: both are composed with the others into one
/// pass.</remarks>
public abstract record Augmentation
{
    private protected Augmentation(double probability) => Probability = probability;

    /// <summary>The chance that a picture is changed, 0..1, drawn for each picture.</summary>
    public double Probability { get; init; }

    /// <summary>A number evenly distributed in a range.</summary>
    private protected static double Even(Random random, double least, double most) =>
        least + ((most - least) * random.NextDouble());

    /// <summary>A factor whose logarithm is evenly distributed: as often half as double.</summary>
    private protected static double Factor(Random random, double most) =>
        Math.Exp(Even(random, -1, 1) * Math.Log(most));
}
