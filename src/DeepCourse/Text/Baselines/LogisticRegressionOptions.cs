namespace DeepCourse.Text.Baselines;

/// <summary>How a <see cref="LogisticRegression"/> is fitted.</summary>
public sealed record LogisticRegressionOptions
{
    /// <summary>How much the errors count against the size of the weights, as scikit-learn has it: the smaller, the simpler
    /// the model.</summary>
    public double C { get; init; } = 1;

    /// <summary>The fit ends when the gradient is this much shorter than at its start.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>The most Newton steps; ten are usual.</summary>
    public int MostSteps { get; init; } = 100;
}
