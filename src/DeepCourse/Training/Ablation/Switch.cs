namespace DeepCourse.Training.Ablation;

/// <summary>One change to a recipe.</summary>
/// <typeparam name="TRecipe">What describes a training.</typeparam>
/// <param name="Name">What tables call the changed recipe, such as "no augmentation".</param>
/// <param name="Change">Gives the recipe with one thing changed; the given one stays as it is.</param>
public sealed record Switch<TRecipe>(string Name, Func<TRecipe, TRecipe> Change)
{
    /// <summary>The name of an earlier switch: its recipe is the one that is changed further, and that this one is compared
    /// with. Null means the study's base. So a study can go a way of several steps, or have several tables with a base
    /// each.</summary>
    public string? Against { get; init; }
}
