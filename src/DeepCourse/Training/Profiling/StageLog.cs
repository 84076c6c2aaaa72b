using System.Diagnostics;

namespace DeepCourse.Training.Profiling;

/// <summary>Adds up how long the loop was in each stage, and keeps the stretches for a trace.</summary>
/// <remarks>One stage ends where the next begins, so nothing is counted twice and nothing is lost. The lists have their
/// room from the start: what a profile says about allocations is not its own doing.</remarks>
internal sealed class StageLog
{
    // Shorter turns of callbacks count in the sums only: most callbacks do nothing at most moments.
    private static readonly long ShortestTurn = Stopwatch.Frequency / 100_000;

    private readonly Run _run;
    private readonly int _limit;
    private readonly torch.Device? _awaited;
    private readonly Dictionary<Callback, int> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> _names = [];
    private readonly List<long> _turns = [];
    private readonly long[,] _ticks = new long[Enum.GetValues<Phase>().Length, Enum.GetValues<RunStage>().Length];
    private RunStage _stage = RunStage.Callbacks;
    private Callback? _callback;
    private long _since;

    public StageLog(Run run, Callback first, int batches, int limit, torch.Device? awaited)
    {
        (_run, _callback, _limit, _awaited) = (run, first, limit, awaited);
        // Seven stages, and a few callbacks that do take time.
        Spans = new List<StageSpan>((int)Math.Min(limit, 12L * batches + 64));
        Begin = _since = Stopwatch.GetTimestamp();
    }

    /// <summary>When the log began, in ticks of the stopwatch.</summary>
    public long Begin { get; }

    /// <summary>The stretches, as many as there was room for.</summary>
    public List<StageSpan> Spans { get; }

    /// <summary>Stretches that found no room.</summary>
    public long Dropped { get; private set; }

    /// <summary>The names of the callbacks that had a turn, in the order of their first.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Ticks of the stopwatch that each of <see cref="Names"/> took.</summary>
    public IReadOnlyList<long> Turns => _turns;

    /// <summary>Ticks of the stopwatch spent in a stage of a phase.</summary>
    public long Ticks(Phase phase, RunStage stage) => _ticks[(int)phase, (int)stage];

    /// <summary>Ends the stage that was, and begins another.</summary>
    public void Enter(RunStage stage, Callback? callback)
    {
        if (stage == _stage && ReferenceEquals(callback, _callback)) return;
        Close();
        (_stage, _callback) = (stage, callback);
    }

    /// <summary>Counts what has passed since the stage began.</summary>
    public void Close()
    {
        if (_awaited is not null) cuda.synchronize(_awaited);
        var now = Stopwatch.GetTimestamp();
        var passed = now - _since;
        _ticks[(int)_run.Phase, (int)_stage] += passed;
        var number = _callback is null ? -1 : NumberOf(_callback);
        if (number >= 0) _turns[number] += passed;
        if (_stage != RunStage.Callbacks || passed >= ShortestTurn) Keep(number, now);
        _since = now;
    }

    private void Keep(int number, long now)
    {
        if (Spans.Count < _limit) Spans.Add(new(_since, now, _run.Epoch, _run.BatchIndex, _run.Phase, _stage, number));
        else Dropped++;
    }

    private int NumberOf(Callback callback)
    {
        if (_numbers.TryGetValue(callback, out var number)) return number;
        number = _names.Count;
        _numbers.Add(callback, number);
        _names.Add(callback.GetType().Name.Split('`')[0]);
        _turns.Add(0);
        return number;
    }
}
