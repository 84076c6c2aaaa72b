using System.Diagnostics;
using DeepCourse.Distributed;
using DeepCourse.Tensors;

namespace DeepCourse.Training;

/// <summary>Writes the history: every learner has one. Losses stay on the device until their phase has ended.</summary>
internal sealed class Recorder : Callback, IDisposable, ICheckpointed
{
    private readonly Stopwatch _clock = new();
    private readonly List<BatchRow> _rows = [];
    private readonly List<int> _sizes = [];
    private Tensor? _losses;
    private Tensor[] _cells = [];
    private double _secondsBefore;
    private bool _restored;
    private double _trainingLoss = double.NaN;
    private double _trainingRate;
    private ProcessGroup? _sharing;
    private int _joint;

    public override CallbackBand Band => CallbackBand.Recording;

    public void Dispose()
    {
        foreach (var cell in _cells) cell.Dispose();
        _losses?.Dispose();
        (_losses, _cells) = (null, []);
    }

    public void SaveState(BinaryWriter writer)
    {
        var losses = Join(ReadLosses());
        writer.Write(_secondsBefore + _clock.Elapsed.TotalSeconds);
        writer.Write(_trainingLoss);
        writer.Write(_trainingRate);
        writer.Write(_rows.Count);
        for (var i = 0; i < _rows.Count; i++)
        {
            writer.Write(_rows[i].Batch);
            writer.Write(_sizes[i]);
            writer.Write(losses[i]);
            writer.Write(_rows[i].LearningRate);
            writer.Write(_rows[i].Momentum);
        }
    }

    public void LoadState(BinaryReader reader)
    {
        _clock.Reset();
        _rows.Clear();
        _sizes.Clear();
        Dispose();
        _secondsBefore = reader.ReadDouble();
        _trainingLoss = reader.ReadDouble();
        _trainingRate = reader.ReadDouble();
        var count = reader.ReadInt32();
        for (var i = 0; i < count; i++)
        {
            var batch = reader.ReadInt32();
            _sizes.Add(reader.ReadInt32());
            _rows.Add(new BatchRow(0, 0, batch, reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble()));
        }
        (_joint, _sharing) = (count, null);
        _restored = count > 0 || !double.IsNaN(_trainingLoss);
    }

    protected internal override void BeforeEpoch(Run run)
    {
        if (!_restored) (_secondsBefore, _trainingLoss) = (0, double.NaN);
        _clock.Restart();
        (run.TrainingLoss, run.ValidationLoss) = (double.NaN, double.NaN);
    }

    protected internal override void BeforePhase(Run run)
    {
        // Where rows were restored, the first batches of this phase were run before the checkpoint was written.
        if (!_restored || run.Phase != Phase.Train) Forget();
        else _restored = false;
        _sharing = run.Sharing;
    }

    protected internal override void AfterBatch(Run run)
    {
        if (run.GraphLoss is not { } loss) return;
        if (_rows.Count >= _cells.Length) MakeRoom(Math.Max(run.BatchCount, _rows.Count + 1), loss.device);
        LossCell.Write(_cells[_rows.Count], loss);
        var (rate, momentum) = (run.Rates.LearningRate, run.Rates.Momentum);
        _rows.Add(new BatchRow(run.Fit, run.Epoch, run.BatchIndex, double.NaN, rate, momentum));
        _sizes.Add(run.JointBatchSize);
    }

    protected internal override void AfterPhase(Run run)
    {
        var losses = ReadLosses();
        if (run.Phase == Phase.Train) losses = Join(losses);
        var (sum, items) = (0.0, 0.0);
        for (var i = 0; i < losses.Length; i++)
        {
            sum += losses[i] * _sizes[i];
            items += _sizes[i];
            if (run.Phase == Phase.Validate) continue;
            run.History.Add(_rows[i] with { Fit = run.Fit, Epoch = run.Epoch, Loss = losses[i] });
        }
        if (run.Phase == Phase.Validate && _sharing is { } processes && processes.Sum([sum, items]) is [var all, var count])
            (sum, items) = (all, count);
        if (run.Phase == Phase.Validate) run.ValidationLoss = sum / items;
        else if (items > 0) (_trainingLoss, _trainingRate) = (sum / items, run.Rates.LearningRate);
        run.TrainingLoss = _trainingLoss;
        Forget();
    }

    protected internal override void AfterEpoch(Run run)
    {
        var values = run.History.TakePending();
        var nothing = double.IsNaN(run.TrainingLoss) && double.IsNaN(run.ValidationLoss) && values.Count == 0;
        if (nothing && run.IsStopping) return;
        run.History.Add(new EpochRow(
            run.Fit, run.Epoch, run.TrainingLoss, run.ValidationLoss, _trainingRate,
            _secondsBefore + _clock.Elapsed.TotalSeconds, values));
        // What a checkpoint at the end of an epoch carries over is nothing.
        _trainingLoss = double.NaN;
    }

    protected internal override void CleanupFit(Run run) => Dispose();

    // The buffer and a view of each of its cells stay for the whole fit, so that a batch costs one copy and no garbage.
    private void MakeRoom(int count, torch.Device device)
    {
        var known = ReadLosses();
        Dispose();
        using var scope = NewDisposeScope();
        _losses = zeros(count, ScalarType.Float64, device).DetachFromDisposeScope();
        _cells = [.. Enumerable.Range(0, count).Select(i => _losses.select(0, i).DetachFromDisposeScope())];
        for (var i = 0; i < known.Length; i++) _cells[i].fill_(known[i]);
        _rows.EnsureCapacity(count);
        _sizes.EnsureCapacity(count);
    }

    private void Forget()
    {
        _rows.Clear();
        _sizes.Clear();
        (_joint, _sharing) = (0, null);
    }

    // Where each process has its part of a batch, the batch's loss is the mean of theirs. What a checkpoint brought is
    // joint already.
    private double[] Join(double[] losses)
    {
        if (_sharing is not { } processes || losses.Length == _joint) return losses;
        var sums = processes.Sum(losses[_joint..]);
        return [.. losses[.._joint], .. sums.Select(sum => sum / processes.WorldSize)];
    }

    private double[] ReadLosses()
    {
        if (_rows.Count == 0) return [];
        if (_losses is null) return [.. _rows.Select(row => row.Loss)];
        using var scope = NewDisposeScope();
        return _losses.narrow(0, 0, _rows.Count).ReadNumbers();
    }
}
