namespace DeepCourse.Training.Callbacks;

/// <summary>Keeps the statistics of batch normalisation as they are in layer groups that are frozen.</summary>
/// <remarks>Useful where batches are small or the data are few: the pretrained statistics are better then. Freeze with
/// <c>trainNorms: false</c> to keep the scales too.</remarks>
public sealed class FrozenNorms : Callback
{
    /// <inheritdoc/>
    protected internal override void BeforePhase(Run run)
    {
        if (run.Phase != Phase.Train) return;
        var groups = run.Learner.Groups;
        var frozen = new HashSet<Parameter>(
            Enumerable.Range(0, groups.FrozenCount).SelectMany(group => groups[group]),
            ReferenceEqualityComparer.Instance);
        foreach (var module in run.Model.modules())
        {
            if (module is BatchNorm norm && norm.parameters().All(frozen.Contains)) norm.eval();
        }
    }
}
