using System.Diagnostics;
using DeepCourse.Tensors;
using DeepCourse.Training.Profiling;

namespace DeepCourse.Training.Callbacks;

/// <summary>Measures where the time of a fit goes (data, forward, loss, backward, step, callbacks), what it allocates,
/// and how much memory it takes.</summary>
/// <remarks>
/// Costs well under a microsecond for each turn of a callback. Its own turns count as those of any callback. What
/// happens inside a callback (a validation that it asks for, say) is the callback's time.
/// </remarks>
public sealed class Profiler : Callback
{
    private const double SecondsBetweenLooks = 0.1;

    private readonly int _events;
    private readonly bool _synchronize;
    private StageLog? _log;
    private List<BatchGauge> _batches = [];
    private List<int> _sizes = [];
    private GarbageTime _garbage;
    private torch.Device? _device;
    private long _begin;
    private long _managed;
    private long _looked;
    private long _memory;
    private long _mostMemory;

    /// <summary>Says how much to keep.</summary>
    /// <param name="traceEvents">How many stretches of time the trace may hold; later ones only count in the
    /// sums.</param>
    /// <param name="synchronize">Whether to wait for the GPU at the end of every stage: the stages are then the GPU's,
    /// and the whole is slower. Without a GPU it makes no difference.</param>
    public Profiler(int traceEvents = 200_000, bool synchronize = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(traceEvents);
        (_events, _synchronize) = (traceEvents, synchronize);
    }

    /// <summary>What the last fit that has ended took; null before there is one.</summary>
    public Profile? Profile { get; private set; }

    /// <inheritdoc/>
    public override CallbackBand Band => CallbackBand.Display;

    /// <summary>Writes the last fit as a trace for <c>chrome://tracing</c> or ui.perfetto.dev.</summary>
    /// <param name="path">A JSON file, which is made or replaced.</param>
    /// <exception cref="InvalidOperationException">No fit has been measured.</exception>
    public void SaveTrace(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (_log is null) throw new InvalidOperationException("there is nothing to save: no fit has been measured");
        AtomicFile.Write(path, stream => ChromeTrace.Write(stream, _log, _batches));
    }

    /// <inheritdoc/>
    protected internal override void BeforeFit(Run run)
    {
        var batches = (int)Math.Min(
            _events, (long)run.EpochCount * (run.TrainBatchCount + run.Learner.CountBatches(Phase.Validate)));
        _device = run.Model.parameters().FirstOrDefault()?.device ?? Devices.Cpu;
        _log = new StageLog(run, this, batches, _events, _synchronize && _device.type == DeviceType.CUDA ? _device : null);
        (_batches, _sizes) = (new List<BatchGauge>(batches), new List<int>(batches));
        (_memory, _mostMemory, _looked) = (0, 0, 0);
        DeviceMemory.Restart(_device);
        _garbage = GarbageTime.Now;
        run.Stages = _log;
    }

    /// <inheritdoc/>
    protected internal override void BeforePhase(Run run)
    {
        _begin = Stopwatch.GetTimestamp();
        _managed = GC.GetAllocatedBytesForCurrentThread();
    }

    /// <inheritdoc/>
    protected internal override void AfterBatch(Run run)
    {
        var now = Stopwatch.GetTimestamp();
        var managed = GC.GetAllocatedBytesForCurrentThread();
        if (now - _looked > SecondsBetweenLooks * Stopwatch.Frequency) Look(now);
        _batches.Add(new(
            _begin, now, run.Epoch, run.BatchIndex, run.Phase, Tensor.TotalCount, managed - _managed, _memory));
        _sizes.Add(run.BatchSize);
        _begin = now;
        // What looking at the memory allocates is not the batch's.
        _managed = GC.GetAllocatedBytesForCurrentThread();
    }

    /// <inheritdoc/>
    protected internal override void CleanupFit(Run run)
    {
        if (_log is null || run.Stages != _log) return;
        _log.Close();
        run.Stages = null;
        Look(Stopwatch.GetTimestamp());
        Profile = Summarize(_log);
    }

    private void Look(long now)
    {
        (_looked, _memory) = (now, Environment.WorkingSet);
        _mostMemory = Math.Max(_mostMemory, _memory);
    }

    private Profile Summarize(StageLog log)
    {
        Phase[] phases = [.. Enum.GetValues<Phase>().Where(phase => _batches.Any(batch => batch.Phase == phase))];
        var total = Enum.GetValues<Phase>().Sum(phase => Enum.GetValues<RunStage>().Sum(stage => log.Ticks(phase, stage)));
        var seconds = Seconds(total);
        var stages = from phase in phases
                     let count = _batches.Count(batch => batch.Phase == phase)
                     from stage in Enum.GetValues<RunStage>()
                     let time = Seconds(log.Ticks(phase, stage))
                     select new StageTime(phase, stage, time, time / seconds, 1e3 * time / count);
        // Several callbacks may have one type: together they are one line.
        var callbacks = log.Names.Zip(log.Turns)
            .GroupBy(turn => turn.First, turn => Seconds(turn.Second))
            .Select(turn => new CallbackTime(turn.Key, turn.Sum(), turn.Sum() / seconds))
            .OrderByDescending(time => time.Seconds);
        var tensors = _batches.Select(batch => batch.Tensors).DefaultIfEmpty(0).Max();
        return new Profile(
            seconds, [.. stages], [.. callbacks], [.. phases.Select(Batches)],
            new(tensors, _mostMemory, DeviceMemory.Peak(_device!)), GarbageTime.Now.Since(_garbage));
    }

    private PhaseTime Batches(Phase phase)
    {
        var batches = _batches.Zip(_sizes).Where(batch => batch.First.Phase == phase).ToArray();
        var times = batches.Select(batch => Seconds(batch.First.End - batch.First.Begin)).Order().ToArray();
        var bytes = batches.Select(batch => batch.First.ManagedBytes).Order().ToArray();
        return new(
            phase, batches.Length, 1e3 * times[times.Length / 2], 1e3 * times[times.Length * 19 / 20],
            batches.Sum(batch => batch.Second) / times.Sum(), bytes[bytes.Length / 2]);
    }

    private static double Seconds(long ticks) => (double)ticks / Stopwatch.Frequency;
}
