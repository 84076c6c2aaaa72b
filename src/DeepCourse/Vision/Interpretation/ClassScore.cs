namespace DeepCourse.Vision.Interpretation;

/// <summary>How well one class is told from the others.</summary>
/// <param name="Name">The class, or what the row is a mean of.</param>
/// <param name="Precision">The share that is right of what was named so; not a number when it was never named.</param>
/// <param name="Recall">The share that was found of what is so; not a number when there is none.</param>
/// <param name="Support">Items of the class.</param>
public sealed record ClassScore(string Name, double Precision, double Recall, long Support)
{
    /// <summary>Harmonic mean of precision and recall; 0 when neither item nor naming is right.</summary>
    public double F1 => Precision + Recall > 0 ? 2 * Precision * Recall / (Precision + Recall) : 0;
}
