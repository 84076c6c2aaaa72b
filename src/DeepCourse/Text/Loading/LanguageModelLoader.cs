using System.Runtime.InteropServices;
using DeepCourse.Data;
using DeepCourse.Text.Corpora;

namespace DeepCourse.Text.Loading;

/// <summary>Batches for a language model: the documents of a corpus make one long row of tokens, which is cut into as many
/// streams as a batch has rows; each batch goes on where the one before it ended.</summary>
/// <remarks>
/// Inputs are int64, [batch, steps]; targets are the tokens one place further on. A model that carries its state from
/// batch to batch reads each stream as one text, and begins anew with the first batch of an epoch. Every token is an
/// input once in an epoch, except for a remainder of at most <see cref="LanguageModelLoaderOptions.BatchSize"/> tokens
/// at the end. Shuffling takes an order of documents, never a copy of the corpus. The size of a batch is its number of
/// tokens, so that a mean over batches is one over tokens. The first place of an epoch is found in one pass over the
/// documents' lengths.
/// </remarks>
public sealed class LanguageModelLoader : ILoader<Tensor, Tensor>
{
    private readonly IEncodedDocuments _documents;
    private readonly LanguageModelLoaderOptions _options;
    private readonly int[]? _selected;
    private readonly long _row;
    private readonly int[] _lengths;

    /// <summary>Measures the streams.</summary>
    /// <param name="documents">The corpus; must outlive the loader.</param>
    /// <param name="options">Sizes, order, direction, device; by default a <see cref="LanguageModelLoaderOptions"/> as it
    /// is made.</param>
    /// <exception cref="ArgumentException">There are not enough tokens for one step of a batch.</exception>
    public LanguageModelLoader(IEncodedDocuments documents, LanguageModelLoaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(documents);
        (_documents, _options) = (documents, (options ?? new()).Checked());
        _selected = _options.Documents is { } chosen ? [.. chosen] : null;
        TokenCount = _selected == null ? documents.TokenCount : _selected.Sum(document => (long)documents.LengthOf(document));
        // The last token is only a target: nothing comes after it.
        _row = (TokenCount - 1) / _options.BatchSize;
        if (_row < 1)
            throw new ArgumentException(
                $"The corpus has {TokenCount} tokens; batches of {_options.BatchSize} streams need at least {_options.BatchSize + 1L}. "
                + "Take fewer streams or more text.", nameof(documents));
        _lengths = StepLengths.Of(_row, _options);
    }

    /// <inheritdoc/>
    public int Count => _lengths.Length;

    /// <summary>The number of tokens that are inputs in an epoch, or the greatest number there is if they are more.</summary>
    public int ItemCount => (int)Math.Min(int.MaxValue, _lengths.Sum(steps => (long)steps) * _options.BatchSize);

    /// <summary>The number of tokens of the documents that are read.</summary>
    public long TokenCount { get; }

    /// <inheritdoc/>
    public IEnumerable<Batch<Tensor, Tensor>> Batches(
        int epoch, int firstBatch = 0, CancellationToken cancellation = default)
    {
        BatchPlace.Require(epoch, firstBatch, Count);
        return Enumerate(epoch, firstBatch, cancellation);
    }

    private IEnumerable<Batch<Tensor, Tensor>> Enumerate(int epoch, int firstBatch, CancellationToken cancellation)
    {
        var stream = new TokenStream(_documents, OrderOf(epoch), _options.Backwards);
        var lengths = StepLengths.ForEpoch(_lengths, epoch, _options);
        var places = stream.Find(lengths.Take(firstBatch).Sum(steps => (long)steps), _row, _options.BatchSize);
        foreach (var steps in lengths.Skip(firstBatch))
        {
            if (cancellation.IsCancellationRequested) yield break;
            yield return Next(stream, places, steps);
        }
    }

    private int[]? OrderOf(int epoch)
    {
        if (!_options.Shuffle) return _selected;
        int[] order = _selected is { } selected ? [.. selected] : [.. Enumerable.Range(0, _documents.DocumentCount)];
        Chance.ForEpoch(_options.Seed, epoch).Shuffle(order);
        return order;
    }

    // Inputs and targets are the halves of one tensor: one copy to the device, and each half lies in one piece.
    private Batch<Tensor, Tensor> Next(TokenStream stream, TokenStream.Place[] places, int steps)
    {
        var both = torch.empty([2, places.Length, steps], ScalarType.Int64);
        var numbers = MemoryMarshal.Cast<byte, long>(both.bytes);
        for (var row = 0; row < places.Length; row++)
        {
            var inputs = numbers.Slice(row * steps, steps);
            var targets = numbers.Slice((places.Length + row) * steps, steps);
            places[row] = stream.Read(places[row], inputs);
            inputs[1..].CopyTo(targets);
            stream.Read(places[row], targets[^1..]);
        }
        if (_options.Device is { } device) both = both.Place(device);
        return new(both.select(0, 0), both.select(0, 1), places.Length * steps);
    }
}
