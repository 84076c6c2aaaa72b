using DeepCourse.Optimization;
using DeepCourse.Training.Callbacks;

namespace DeepCourse.Training;

/// <summary>Adapts a pretrained model from its last group of layers to its first (Howard and Ruder 2018, section
/// 3.3).</summary>
public static class GradualUnfreezing
{
    /// <summary>Fits stage after stage, each with more groups learning than the one before; every stage has a schedule of
    /// its own.</summary>
    /// <param name="learner">Its model must have layer groups, the head last.</param>
    /// <param name="stages">Such as <see cref="UnfreezingStage.OfCourse"/>. A stage that names more groups than the model
    /// has trains all of them.</param>
    /// <param name="factor">What a stage's rates are multiplied by over its progress; by default
    /// <see cref="Schedules.OneCycleRate"/>. The paper's is <see cref="Schedules.SlantedTriangle"/>.</param>
    /// <param name="momentum">Momentum over a stage's progress; null leaves it as it is, except that the default schedule
    /// brings fastai's, between 0.8 and 0.7.</param>
    /// <param name="entering">Learns of each stage just before its fit, for progress and logs.</param>
    /// <param name="callbacks">Take part in all stages.</param>
    /// <param name="cancellation">Ends after the current batch.</param>
    /// <returns>The stages that took place, with their fits: fewer than asked for where one was asked to stop.</returns>
    /// <remarks>A resumed run repeats the call with the same stages: those that had ended return at once.</remarks>
    public static IReadOnlyList<FinishedStage> FineTuneGradually(
        this Learner learner,
        IReadOnlyList<UnfreezingStage> stages,
        Schedule? factor = null,
        Schedule? momentum = null,
        Action<UnfreezingStage>? entering = null,
        IReadOnlyList<Callback>? callbacks = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(learner);
        ArgumentNullException.ThrowIfNull(stages);
        ArgumentOutOfRangeException.ThrowIfZero(stages.Count);
        if (factor is null) momentum ??= Schedules.OneCycleMomentum(high: 0.8, low: 0.7);
        factor ??= Schedules.OneCycleRate();
        var finished = new List<FinishedStage>();
        foreach (var stage in stages)
        {
            learner.Groups.FreezeTo(Math.Max(stage.FirstGroup, -learner.Groups.Count));
            entering?.Invoke(stage);
            var run = learner.Fit(
                stage.Epochs, rates: null, [new Scheduling(stage.Rates, factor, momentum), .. callbacks ?? []], cancellation);
            finished.Add(new(stage, run));
            if (run.StopReason is not null) break;
        }
        return finished;
    }

    /// <summary>Fits the course's stages: the last group, the last two, the last three, all.</summary>
    /// <param name="learner">Its model must have layer groups, the head last.</param>
    /// <param name="rate">The highest rate of the first stage; later ones are lower.</param>
    /// <param name="epochs">Epochs with all groups.</param>
    /// <param name="entering">Learns of each stage just before its fit.</param>
    /// <param name="callbacks">Take part in all stages.</param>
    /// <param name="cancellation">Ends after the current batch.</param>
    /// <returns>The stages that took place.</returns>
    public static IReadOnlyList<FinishedStage> FineTuneGradually(
        this Learner learner,
        double rate,
        int epochs = 2,
        Action<UnfreezingStage>? entering = null,
        IReadOnlyList<Callback>? callbacks = null,
        CancellationToken cancellation = default) => learner.FineTuneGradually(
            UnfreezingStage.OfCourse(rate, epochs), entering: entering, callbacks: callbacks, cancellation: cancellation);
}

/// <summary>A stage of a gradual unfreezing that took place.</summary>
/// <param name="Stage">What was asked for.</param>
/// <param name="Run">Its fit; <see cref="Training.Run.Fit"/> finds its rows in the history.</param>
public sealed record FinishedStage(UnfreezingStage Stage, Run Run);
