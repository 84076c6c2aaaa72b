namespace DeepCourse.Optimization;

/// <summary>A model that says how its layers fall into groups, for freezing and for discriminative rates.</summary>
/// <remarks>
/// <b>Extending.</b> Implement it on a model with a pretrained body: the body's stages first, the new head last. Every
/// parameter must be in exactly one group. A model without it is one group.
/// </remarks>
public interface ILayerGroups
{
    /// <summary>The modules of each group, first layers first.</summary>
    IReadOnlyList<IReadOnlyList<Module>> LayerGroups { get; }
}
