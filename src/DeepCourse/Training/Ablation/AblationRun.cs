namespace DeepCourse.Training.Ablation;

/// <summary>One training of a study: a recipe and a seed.</summary>
/// <typeparam name="TRecipe">What describes a training.</typeparam>
/// <param name="Trial">The name of the switch, or of the base.</param>
/// <param name="Recipe">The recipe to train by.</param>
/// <param name="Seed">Seeds everything that the run draws.</param>
public sealed record AblationRun<TRecipe>(string Trial, TRecipe Recipe, int Seed)
{
    /// <summary>Which run it is, counted from 1 and with those of earlier calls.</summary>
    public int Number { get; init; }

    /// <summary>How many runs the study has.</summary>
    public int Count { get; init; }

    /// <summary>A name for files and checkpoints of this run: letters, digits and hyphens, the seed at its end.</summary>
    public string Key => $"{TrialList.Key(Trial)}-{Seed}";
}
