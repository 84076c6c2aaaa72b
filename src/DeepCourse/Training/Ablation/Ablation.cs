using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace DeepCourse.Training.Ablation;

/// <summary>A study that asks what each part of a recipe is worth: the recipe, and the recipe with one thing changed at a time.</summary>
/// <typeparam name="TRecipe">What describes a training; a record serves best.</typeparam>
/// <param name="Name">What the study is called in messages.</param>
/// <param name="Base">The recipe that the others are compared with.</param>
/// <param name="Switches">The changes.</param>
/// <param name="Metrics">What a run measures.</param>
/// <remarks>Every recipe is trained with every seed; two recipes are compared seed by seed, so that what a seed does to
/// both of them (the split, the order of the batches, the first weights) drops out of the difference.</remarks>
public sealed record Ablation<TRecipe>(
    string Name, TRecipe Base, IReadOnlyList<Switch<TRecipe>> Switches, IReadOnlyList<AblationMetric> Metrics)
{
    /// <summary>What tables call the recipe without a change.</summary>
    public string BaseName { get; init; } = "the recipe";

    /// <summary>The seeds; three show a large difference, five to ten a small one.</summary>
    public IReadOnlyList<int> Seeds { get; init; } = [0, 1, 2];

    /// <summary>What all runs share and their numbers depend on, such as the epochs and the data. It stands in every line
    /// of the file, and lines with other settings are refused.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>How many runs go on at once.</summary>
    /// <remarks>More than one pays where a run leaves cores idle. Torch's generators and threads are shared by the whole
    /// process, so runs that draw from them at once can't be repeated: more than one is for runs that start programs of
    /// their own, or don't draw from torch.</remarks>
    public int Parallelism { get; init; } = 1;

    /// <summary>Runs what the file doesn't have yet, and adds a line to the file after every run.</summary>
    /// <param name="path">A CSV file; it is made where it doesn't exist, and continued where it does.</param>
    /// <param name="measure">Trains by a recipe with a seed and gives the metrics by their names; a metric that has no
    /// meaning for this recipe is left out.</param>
    /// <param name="progress">Is told of every run that begins, ends or fails.</param>
    /// <param name="cancellation">Ends the study between two runs; <paramref name="measure"/> may look at it too.</param>
    /// <returns>Everything measured, with what was in the file already. A run that failed is listed in
    /// <see cref="AblationResults.Failures"/>, and tried again by the next call.</returns>
    /// <exception cref="ArgumentException">Names are missing, occur twice, or refer to nothing.</exception>
    /// <exception cref="Tensors.DataFormatException">The file belongs to another study.</exception>
    /// <exception cref="OperationCanceledException">The study was ended; what was measured is in the file.</exception>
    public AblationResults Run(
        string path,
        Func<AblationRun<TRecipe>, CancellationToken, IReadOnlyDictionary<string, double>> measure,
        IProgress<AblationProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(measure);
        ArgumentOutOfRangeException.ThrowIfLessThan(Parallelism, 1);
        var trials = TrialList.Of(this);
        var file = AblationFile.Open(path, ColumnsOf(trials));
        // All recipes with the first seed come before the second seed: a study that is ended early compares all of them.
        var runs = (from seed in Seeds
                    from trial in trials
                    where !file.Lines.Any(line => line.Trial == trial.Name && line.Seed == seed)
                    select (trial, seed)).ToList();
        var failures = new ConcurrentQueue<AblationFailure>();
        var begun = file.Lines.Count;
        var count = begun + runs.Count;

        void Take((Trial<TRecipe> Trial, int Seed) next)
        {
            var run = new AblationRun<TRecipe>(next.Trial.Name, next.Trial.Recipe, next.Seed) { Number = Interlocked.Increment(ref begun), Count = count };
            var line = Measure(run, measure, progress, failures, cancellation);
            if (line is null) return;
            lock (file) file.Append(line);
            progress?.Report(new(run.Trial, run.Seed, run.Number, count, RunState.Ended));
        }

        if (Parallelism == 1)
        {
            // On the caller's thread: torch's scopes belong to threads.
            foreach (var run in runs)
            {
                cancellation.ThrowIfCancellationRequested();
                Take(run);
            }
        }
        else
        {
            AtOnce(runs, Take, cancellation);
        }
        cancellation.ThrowIfCancellationRequested();
        return new(Name, [.. trials.Select(trial => (trial.Name, trial.Against))], Metrics, file.Lines) { Failures = [.. failures] };
    }

    /// <summary>Reads what was measured and runs nothing.</summary>
    /// <param name="path">A CSV file that <see cref="Run"/> wrote.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="Tensors.DataFormatException">The file belongs to another study.</exception>
    public AblationResults Read(string path)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"{path}: the study '{Name}' hasn't been run into this file", path);
        var trials = TrialList.Of(this);
        return new(Name, [.. trials.Select(trial => (trial.Name, trial.Against))], Metrics, AblationFile.Open(path, ColumnsOf(trials)).Lines);
    }

    private AblationColumns ColumnsOf(IEnumerable<Trial<TRecipe>> trials) =>
        new(Name, [.. trials.Select(trial => trial.Name)], Settings, [.. Metrics.Select(metric => metric.Name)]);

    // Whatever one run throws must not cost the hours of the others: it is told, kept, and the study goes on.
    private AblationLine? Measure(
        AblationRun<TRecipe> run,
        Func<AblationRun<TRecipe>, CancellationToken, IReadOnlyDictionary<string, double>> measure,
        IProgress<AblationProgress>? progress,
        ConcurrentQueue<AblationFailure> failures,
        CancellationToken cancellation)
    {
        progress?.Report(new(run.Trial, run.Seed, run.Number, run.Count, RunState.Begun));
        var watch = Stopwatch.StartNew();
        try
        {
            var values = measure(run, cancellation);
            var unknown = values.Keys.Except(Metrics.Select(metric => metric.Name)).ToList();
            if (unknown.Count > 0)
            {
                throw new InvalidOperationException(
                    $"the run measured '{string.Join("', '", unknown)}', but the study '{Name}' has {string.Join(", ", Metrics.Select(metric => metric.Name))}");
            }
            return new(run.Trial, run.Seed, new Dictionary<string, double>(values), Math.Round(watch.Elapsed.TotalSeconds, 1));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception fault)
        {
            failures.Enqueue(new(run.Trial, run.Seed, fault));
            progress?.Report(new(run.Trial, run.Seed, run.Number, run.Count, RunState.Failed) { Failure = fault });
            return null;
        }
    }

    private void AtOnce(
        IEnumerable<(Trial<TRecipe> Trial, int Seed)> runs, Action<(Trial<TRecipe> Trial, int Seed)> take, CancellationToken cancellation)
    {
        try
        {
            // One by one: runs differ in length, and a thread that took several would keep them from idle ones.
            var queue = Partitioner.Create(runs, EnumerablePartitionerOptions.NoBuffering);
            Parallel.ForEach(queue, new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation }, take);
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.InnerExceptions[0]);
        }
    }
}
