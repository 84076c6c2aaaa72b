using DeepCourse.Data;
using DeepCourse.Text.Corpora;

namespace DeepCourse.Text.Loading;

/// <summary>Batches of whole texts with their labels, for classification.</summary>
/// <remarks>Targets are int64, [batch]: the numbers of the labels.</remarks>
public sealed class TextLoader : ILoader<TextBatch, Tensor>
{
    private readonly IEncodedDocuments _documents;
    private readonly TextLoaderOptions _options;
    private readonly int[] _selected;
    private readonly int[] _lengths;
    private readonly BatchPlan _plan;

    /// <summary>Plans the batches.</summary>
    /// <param name="documents">A token file or documents in memory; must outlive the loader.</param>
    /// <param name="options">Sizes, order, direction, device; by default <see cref="TextLoaderOptions"/> as it is
    /// made.</param>
    /// <exception cref="ArgumentException">A document has no label, or is longer than the token budget.</exception>
    public TextLoader(IEncodedDocuments documents, TextLoaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(documents);
        (_documents, _options) = (documents, (options ?? new()).Checked());
        _selected = [.. _options.Documents ?? [.. Enumerable.Range(0, documents.DocumentCount)]];
        _lengths = Array.ConvertAll(_selected, document => Math.Min(documents.LengthOf(document), _options.MaxLength ?? int.MaxValue));
        RequireLabels();
        RequireBudget();
        _plan = BatchPlan.For(_lengths, _options);
    }

    /// <inheritdoc/>
    public int Count => _plan.Count;

    /// <inheritdoc/>
    public int ItemCount => _selected.Length;

    /// <summary>The documents of an epoch in the order in which its batches bring them: the way back from a model's
    /// outputs to the corpus.</summary>
    /// <param name="epoch">Of meaning with <see cref="TextOrder.Random"/> only.</param>
    public IReadOnlyList<int> DocumentsOf(int epoch = 0) => [.. _plan.Of(epoch).SelectMany(batch => batch).Select(text => _selected[text])];

    /// <inheritdoc/>
    public IEnumerable<Batch<TextBatch, Tensor>> Batches(
        int epoch, int firstBatch = 0, CancellationToken cancellation = default)
    {
        BatchPlace.Require(epoch, firstBatch, Count);
        return Enumerate(epoch, firstBatch, cancellation);
    }

    private IEnumerable<Batch<TextBatch, Tensor>> Enumerate(int epoch, int firstBatch, CancellationToken cancellation)
    {
        foreach (var texts in _plan.Of(epoch).Skip(firstBatch))
        {
            if (cancellation.IsCancellationRequested) yield break;
            yield return Read(texts);
        }
    }

    private Batch<TextBatch, Tensor> Read(int[] texts)
    {
        var inputs = TextBatch.Fill(Array.ConvertAll(texts, text => _lengths[text]), _documents.PaddingIndex, (index, row) =>
        {
            var document = _selected[texts[index]];
            _documents.Read(document, _documents.LengthOf(document) - row.Length, row);
            if (_options.Backwards) row.Reverse();
        });
        var targets = torch.tensor(Array.ConvertAll(texts, text => (long)_documents.LabelOf(_selected[text])));
        var batch = new Batch<TextBatch, Tensor>(inputs, targets, texts.Length);
        return _options.Device is { } device ? batch.To(device) : batch;
    }

    private void RequireLabels()
    {
        if (!_options.RequireLabels) return;
        foreach (var document in _selected)
            if (_documents.LabelOf(document) < 0)
                throw new ArgumentException(
                    $"Document {document} of {_documents.DocumentCount} has no label. Choose those that have one "
                    + $"({nameof(TextLoaderOptions.Documents)}), or set {nameof(TextLoaderOptions.RequireLabels)} to false.");
    }

    private void RequireBudget()
    {
        if (_options.TokenBudget is not { } budget) return;
        for (var text = 0; text < _lengths.Length; text++)
            if (_lengths[text] > budget)
                throw new ArgumentException(
                    $"Document {_selected[text]} has {_lengths[text]} tokens, more than the budget of {budget} for a batch. "
                    + $"Raise {nameof(TextLoaderOptions.TokenBudget)}, or cut texts with {nameof(TextLoaderOptions.MaxLength)}.");
    }
}
