namespace DeepCourse.Text.Classification;

/// <summary>What a classifier says of a text.</summary>
/// <param name="Class">The name of the likeliest class.</param>
/// <param name="Index">Its number, from 0.</param>
/// <param name="Probabilities">The probability of each class; they add up to 1.</param>
public sealed record TextPrediction(string Class, int Index, IReadOnlyList<double> Probabilities)
{
    /// <summary>The probability of the likeliest class.</summary>
    public double Probability => Probabilities[Index];
}
