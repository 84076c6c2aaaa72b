namespace DeepCourse.Training.Profiling;

/// <summary>What one callback took, all its moments together.</summary>
/// <param name="Name">The name of its type.</param>
/// <param name="Seconds">Over the whole fit.</param>
/// <param name="Share">Of the time of the fit, 0 to 1.</param>
public readonly record struct CallbackTime(string Name, double Seconds, double Share);
