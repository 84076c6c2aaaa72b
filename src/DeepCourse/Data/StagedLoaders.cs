namespace DeepCourse.Data;

/// <summary>Data that change while a training goes on: larger pictures, another mixture, other batches.</summary>
public static class StagedLoaders
{
    /// <summary>Several data sets, one after another, as one.</summary>
    /// <typeparam name="TX">The inputs of a batch.</typeparam>
    /// <typeparam name="TY">The targets of a batch.</typeparam>
    /// <param name="stages">
    /// From which epoch on each is learned from, counted from 0 over all fits of the learner; rising, and the first is 0.
    /// The data sets belong to the result and are disposed with it.
    /// </param>
    /// <returns>
    /// Loaders for one learner. Stages may differ in the number of batches; a schedule runs by epochs, so the optimizer,
    /// its state and its rates go on as if nothing had happened. A network is judged by the stage that it last learned
    /// from; before it has learned, by the last one.
    /// </returns>
    /// <exception cref="ArgumentException">There is no stage, or the first epochs don't rise from 0.</exception>
    /// <remarks>What an epoch brings follows from its number alone, so a training that is resumed goes on in the stage in
    /// which it was.</remarks>
    public static Loaders<TX, TY> Of<TX, TY>(params (int FirstEpoch, Loaders<TX, TY> Data)[] stages)
    {
        ArgumentNullException.ThrowIfNull(stages);
        RequireRising([.. stages.Select(stage => stage.FirstEpoch)]);
        var inUse = new StageInUse();
        return new(
            new StagedLoader<TX, TY>([.. stages.Select(stage => (stage.FirstEpoch, stage.Data.Train))], inUse, leads: true),
            new StagedLoader<TX, TY>([.. stages.Select(stage => (stage.FirstEpoch, stage.Data.Validation))], inUse, leads: false));
    }

    internal static void RequireRising(IReadOnlyList<int> firstEpochs)
    {
        if (firstEpochs is [] || firstEpochs[0] != 0)
            throw new ArgumentException("The first stage must begin at epoch 0.", nameof(firstEpochs));
        for (var stage = 1; stage < firstEpochs.Count; stage++)
            if (firstEpochs[stage] <= firstEpochs[stage - 1])
                throw new ArgumentException(
                    $"Stage {stage} begins at epoch {firstEpochs[stage]}, which is not after {firstEpochs[stage - 1]}.", nameof(firstEpochs));
    }
}
