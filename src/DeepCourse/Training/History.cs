namespace DeepCourse.Training;

/// <summary>What a learner has done: a row per epoch and a row per training batch, over all its fits.</summary>
public sealed class History
{
    private readonly List<EpochRow> _epochs = [];
    private readonly List<BatchRow> _batches = [];
    private readonly List<LearningRateSearch> _searches = [];
    private readonly List<NamedValue> _pending = [];

    /// <summary>One row per epoch that ended.</summary>
    public IReadOnlyList<EpochRow> Epochs => _epochs;

    /// <summary>One row per training batch.</summary>
    public IReadOnlyList<BatchRow> Batches => _batches;

    /// <summary>What searches for a learning rate found.</summary>
    public IReadOnlyList<LearningRateSearch> Searches => _searches;

    /// <summary>The losses of all training batches, for a chart.</summary>
    public IReadOnlyList<double> Losses => [.. _batches.Select(batch => batch.Loss)];

    /// <summary>The learning rates of all training batches (of the last layer group), for a chart.</summary>
    public IReadOnlyList<double> LearningRates => [.. _batches.Select(batch => batch.LearningRate)];

    /// <summary>Writes a value into the row of the epoch that is going on.</summary>
    /// <param name="name">What reports call it.</param>
    /// <param name="value">The value.</param>
    public void Record(string name, double value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _pending.Add(new NamedValue(name, value));
    }

    /// <summary>The values of a name, one per epoch; not a number for epochs without it.</summary>
    /// <param name="name">As it was recorded.</param>
    public IReadOnlyList<double> Values(string name) => [.. _epochs.Select(epoch => epoch.Value(name))];

    internal void Add(EpochRow row) => _epochs.Add(row);

    internal void Add(BatchRow row) => _batches.Add(row);

    internal void Add(LearningRateSearch search) => _searches.Add(search);

    internal IReadOnlyList<NamedValue> TakePending()
    {
        var values = _pending.ToArray();
        _pending.Clear();
        return values;
    }

    internal void Restore(
        IEnumerable<EpochRow> epochs, IEnumerable<BatchRow> batches, IEnumerable<LearningRateSearch> searches)
    {
        _searches.Clear();
        _searches.AddRange(searches);
        _epochs.Clear();
        _batches.Clear();
        _pending.Clear();
        _epochs.AddRange(epochs);
        _batches.AddRange(batches);
    }
}
