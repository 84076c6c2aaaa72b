namespace DeepCourse.Training.Ablation;

/// <summary>How far a run is.</summary>
public enum RunState
{
    /// <summary>It begins.</summary>
    Begun,

    /// <summary>It has ended, and its numbers are in the file.</summary>
    Ended,

    /// <summary>It threw; the study goes on.</summary>
    Failed,
}

/// <summary>What a study tells while it runs.</summary>
/// <param name="Trial">The name of the switch, or of the base.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Number">Which run it is, counted from 1.</param>
/// <param name="Count">How many runs the study has.</param>
/// <param name="State">How far the run is.</param>
public sealed record AblationProgress(string Trial, int Seed, int Number, int Count, RunState State)
{
    /// <summary>What a failed run threw.</summary>
    public Exception? Failure { get; init; }
}

/// <summary>A run that gave no numbers.</summary>
/// <param name="Trial">The name of the switch, or of the base.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Cause">What it threw.</param>
public sealed record AblationFailure(string Trial, int Seed, Exception Cause);
