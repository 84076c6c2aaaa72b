using DeepCourse.Optimization;

namespace DeepCourse.Training.Callbacks;

/// <summary>Averages the weights that the last part of a fit passes through, a few epochs apart, and leaves the model with
/// the average: it lies in flatter places than any of them.</summary>
/// <remarks>
/// <para>Izmailov et al. 2018 (arXiv 1803.05407), algorithm 1: the average begins with the weights at the start and takes
/// in those at the end of every cycle, all with the same share. The rate stays high enough for the weights to move:
/// constant, or in cycles that fall in a straight line. When the fit ends, the statistics of batch normalisation are
/// gathered anew in a pass over the training batches, as the paper has it.</para>
/// <para>Validations during the fit see the weights of training, since the average's statistics are not known before its
/// end; <see cref="Learner.Validate"/> judges the average afterwards. A fit that is cancelled keeps the weights that it
/// has, and <see cref="BestCheckpoint"/> with <c>loadAtEnd</c> would put others in the average's place.</para>
/// </remarks>
public sealed class StochasticWeightAveraging : Callback, ICheckpointed
{
    private readonly double _start;
    private readonly LearningRates? _rates;
    private readonly int _cycle;
    private readonly double _lowest;
    private readonly List<Parameter> _live = [];
    private readonly List<Tensor> _averages = [];
    private double[] _groupRates = [];
    private int _firstEpoch;
    private int _lastEpoch;

    /// <summary>Says when averaging begins and how the rate goes on from there.</summary>
    /// <param name="start">The share of the fit that is ordinary training, from 0 (the weights are trained already) to
    /// less than 1.</param>
    /// <param name="rates">The rates from the start on; null leaves them to whoever sets them.</param>
    /// <param name="cycle">How many epochs lie between the weights that are averaged, at least 1.</param>
    /// <param name="lowest">What share of its rate a cycle ends with, 0 to 1: 1 keeps the rate constant.</param>
    public StochasticWeightAveraging(
        double start = 0.75, LearningRates? rates = null, int cycle = 1, double lowest = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(start, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cycle);
        ArgumentOutOfRangeException.ThrowIfNegative(lowest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lowest, 1);
        (_start, _rates, _cycle, _lowest) = (start, rates, cycle, lowest);
    }

    /// <summary>How many weights the average is of; 0 before it has begun.</summary>
    public int Count { get; private set; }

    /// <summary>After <see cref="Scheduling"/>, whose rate is replaced from the start on.</summary>
    public override CallbackBand Band => CallbackBand.Recording;

    /// <inheritdoc/>
    public void SaveState(BinaryWriter writer)
    {
        writer.Write(Count);
        writer.Write(_lastEpoch);
        writer.Write(_averages.Count);
        foreach (var average in _averages) TensorArchive.Write(writer, average);
    }

    /// <inheritdoc/>
    public void LoadState(BinaryReader reader)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        (Count, _lastEpoch) = (reader.ReadInt32(), reader.ReadInt32());
        var count = reader.ReadInt32();
        for (var i = 0; i < count; i++)
            _averages.Add(TensorArchive.Read(reader).to(_live[i].device, copy: true).DetachFromDisposeScope());
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">No cycle fits into what remains after the start.</exception>
    protected internal override void BeforeFit(Run run)
    {
        Release();
        (Count, _lastEpoch) = (0, -1);
        _firstEpoch = (int)(_start * run.EpochCount);
        if (run.EpochCount - _firstEpoch < _cycle)
        {
            throw new InvalidOperationException(
                $"averaging from epoch {_firstEpoch} of {run.EpochCount} on leaves no cycle of {_cycle} epochs: "
                + "train for longer, or start earlier");
        }
        _groupRates = _rates?.For(run.Rates.GroupCount) ?? [];
        _live.AddRange(run.Model.parameters());
    }

    /// <inheritdoc/>
    protected internal override void BeforeEpoch(Run run)
    {
        if (Count > 0 || run.Epoch < _firstEpoch) return;
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var parameter in _live) _averages.Add(parameter.detach().clone().DetachFromDisposeScope());
        Count = 1;
    }

    /// <inheritdoc/>
    protected internal override void BeforeBatch(Run run)
    {
        if (_groupRates.Length == 0 || run.Phase != Phase.Train || run.Epoch < _firstEpoch) return;
        var done = (run.Epoch - _firstEpoch) % _cycle + (run.BatchIndex + 1.0) / run.BatchCount;
        run.Rates.SetLearningRates(_groupRates, 1 + (_lowest - 1) * done / _cycle);
    }

    /// <inheritdoc/>
    protected internal override void AfterPhase(Run run)
    {
        // A run that was resumed in its validation comes by the end of the training a second time.
        if (run.Phase != Phase.Train || run.IsStopping || Count == 0 || run.Epoch <= _lastEpoch) return;
        if ((run.Epoch - _firstEpoch + 1) % _cycle != 0) return;
        _lastEpoch = run.Epoch;
        Count++;
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        for (var i = 0; i < _live.Count; i++)
            _averages[i].mul_((Count - 1.0) / Count).add_(_live[i].detach(), 1.0 / Count);
    }

    /// <inheritdoc/>
    protected internal override void AfterFit(Run run)
    {
        if (Count < 2 || run.StopReason == Run.Cancelled) return;
        using (var frozen = no_grad())
        {
            for (var i = 0; i < _live.Count; i++) _live[i].copy_(_averages[i]);
        }
        NormStatistics.Refresh(run);
    }

    /// <inheritdoc/>
    protected internal override void CleanupFit(Run run) => Release();

    private void Release()
    {
        foreach (var average in _averages) average.Dispose();
        _averages.Clear();
        _live.Clear();
    }
}
