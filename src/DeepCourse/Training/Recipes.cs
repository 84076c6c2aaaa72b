using DeepCourse.Optimization;
using DeepCourse.Training.Callbacks;

namespace DeepCourse.Training;

/// <summary>The usual ways to train: a fit with a schedule, or several fits in a row.</summary>
public static class Recipes
{
    /// <summary>One cycle: the rate rises and falls once, momentum falls and rises.</summary>
    /// <param name="learner">What to train.</param>
    /// <param name="epochs">How long.</param>
    /// <param name="rates">The highest rates.</param>
    /// <param name="warmUp">The share of the time that the rate rises in.</param>
    /// <param name="startDivisor">The rate starts at the highest divided by this.</param>
    /// <param name="endDivisor">The rate ends at the highest divided by this.</param>
    /// <param name="momentum">Momentum at both ends and at the highest rate.</param>
    /// <param name="callbacks">Take part in this fit only.</param>
    /// <param name="cancellation">Ends the fit after the current batch.</param>
    /// <remarks>Smith and Topin 2017 (arXiv 1708.07120), with fastai's cosine legs.</remarks>
    public static Run FitOneCycle(
        this Learner learner,
        int epochs,
        LearningRates rates,
        double warmUp = 0.25,
        double startDivisor = 25,
        double endDivisor = 1e5,
        (double High, double Low)? momentum = null,
        IEnumerable<Callback>? callbacks = null,
        CancellationToken cancellation = default)
    {
        var (high, low) = momentum ?? (0.95, 0.85);
        var cycle = new Scheduling(
            rates,
            Schedules.OneCycleRate(warmUp, startDivisor, endDivisor),
            Schedules.OneCycleMomentum(warmUp, high, low));
        return Fit(learner, epochs, cycle, callbacks, cancellation);
    }

    /// <summary>A constant rate for most of the time, then a cosine down to almost nothing.</summary>
    /// <param name="learner">What to train.</param>
    /// <param name="epochs">How long.</param>
    /// <param name="rates">The constant rates.</param>
    /// <param name="flat">The share of the time with the constant rate.</param>
    /// <param name="endDivisor">The rate ends at the constant divided by this.</param>
    /// <param name="callbacks">Take part in this fit only.</param>
    /// <param name="cancellation">Ends the fit after the current batch.</param>
    public static Run FitFlatCosine(
        this Learner learner,
        int epochs,
        LearningRates rates,
        double flat = 0.75,
        double endDivisor = 1e5,
        IEnumerable<Callback>? callbacks = null,
        CancellationToken cancellation = default) =>
        Fit(learner, epochs, new Scheduling(rates, Schedules.FlatCosine(flat, endDivisor)), callbacks, cancellation);

    /// <summary>Cosine decays with warm restarts.</summary>
    /// <param name="learner">What to train.</param>
    /// <param name="cycles">How many decays.</param>
    /// <param name="rates">The rates that each decay starts from.</param>
    /// <param name="firstCycle">Epochs of the first decay.</param>
    /// <param name="lengthFactor">Each decay is this many times as long as the one before.</param>
    /// <param name="callbacks">Take part in this fit only.</param>
    /// <param name="cancellation">Ends the fit after the current batch.</param>
    /// <remarks>Loshchilov and Hutter 2017 (arXiv 1608.03983).</remarks>
    public static Run FitCosineRestarts(
        this Learner learner,
        int cycles,
        LearningRates rates,
        int firstCycle = 1,
        int lengthFactor = 2,
        IEnumerable<Callback>? callbacks = null,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(firstCycle);
        var schedule = Schedules.CosineRestarts(cycles, lengthFactor);
        var epochs = firstCycle * Enumerable.Range(0, cycles).Sum(cycle => (int)Math.Pow(lengthFactor, cycle));
        return Fit(learner, epochs, new Scheduling(rates, schedule), callbacks, cancellation);
    }

    /// <summary>A short straight rise of the rate and a long straight fall.</summary>
    /// <param name="learner">What to train.</param>
    /// <param name="epochs">How long.</param>
    /// <param name="rates">The highest rates.</param>
    /// <param name="rise">The share of the time that the rate rises in.</param>
    /// <param name="ratio">The rate starts and ends at the highest divided by this.</param>
    /// <param name="callbacks">Take part in this fit only.</param>
    /// <param name="cancellation">Ends the fit after the current batch.</param>
    /// <remarks>Howard and Ruder 2018 (arXiv 1801.06146), eq. 3.</remarks>
    public static Run FitSlantedTriangle(
        this Learner learner,
        int epochs,
        LearningRates rates,
        double rise = 0.1,
        double ratio = 32,
        IEnumerable<Callback>? callbacks = null,
        CancellationToken cancellation = default) =>
        Fit(learner, epochs, new Scheduling(rates, Schedules.SlantedTriangle(rise, ratio)), callbacks, cancellation);

    /// <summary>Adapts a pretrained model: first the new head alone, then everything at lower rates.</summary>
    /// <param name="learner">Its model must have layer groups, the head last.</param>
    /// <param name="epochs">Epochs with all groups.</param>
    /// <param name="rate">The highest rate of the head alone; all groups get up to half of it.</param>
    /// <param name="frozenEpochs">Epochs of the head alone.</param>
    /// <param name="ratio">The first group's rate is the last group's divided by this.</param>
    /// <param name="warmUp">The share of the second part that the rate rises in.</param>
    /// <param name="startDivisor">The rate of the second part starts at the highest divided by this.</param>
    /// <param name="callbacks">Take part in both fits.</param>
    /// <param name="cancellation">Ends after the current batch.</param>
    /// <returns>The last fit that took place: the first one, where that was asked to stop.</returns>
    public static Run FineTune(
        this Learner learner,
        int epochs,
        double rate = 2e-3,
        int frozenEpochs = 1,
        double ratio = 100,
        double warmUp = 0.3,
        double startDivisor = 5,
        IReadOnlyList<Callback>? callbacks = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(learner);
        learner.Groups.Freeze();
        var run = learner.FitOneCycle(
            frozenEpochs, LearningRates.LastGroup(rate), warmUp: 0.99, callbacks: callbacks,
            cancellation: cancellation);
        if (run.StopReason is not null) return run;
        learner.Groups.Unfreeze();
        return learner.FitOneCycle(
            epochs, LearningRates.Between(rate / 2 / ratio, rate / 2), warmUp, startDivisor, callbacks: callbacks,
            cancellation: cancellation);
    }

    private static Run Fit(
        Learner learner,
        int epochs,
        Scheduling schedule,
        IEnumerable<Callback>? callbacks,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(learner);
        return learner.Fit(epochs, rates: null, [schedule, .. callbacks ?? []], cancellation);
    }
}
