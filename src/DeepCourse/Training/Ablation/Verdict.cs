namespace DeepCourse.Training.Ablation;

/// <summary>What a comparison shows.</summary>
public enum Verdict
{
    /// <summary>One seed, or none: nothing can be said.</summary>
    Open,

    /// <summary>Chance alone would give such a difference too often. It is no proof that there is none.</summary>
    Noise,

    /// <summary>The changed recipe is better.</summary>
    Better,

    /// <summary>The changed recipe is worse.</summary>
    Worse,
}
