using DeepCourse.Tensors;

namespace DeepCourse.Text.Corpora;

/// <summary>Numbers the labels of documents as they come, and puts their names in order at the end.</summary>
internal sealed class LabelNumbers
{
    private const int NamesShown = 10;

    private readonly string _corpus;
    private readonly CorpusOptions _options;
    private readonly List<string> _names;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>Begins with the names that are given or known from an interrupted build.</summary>
    public LabelNumbers(string corpus, CorpusOptions options, IEnumerable<string> known)
    {
        (_corpus, _options) = (corpus, options);
        _names = options.Labels == CorpusLabels.Ignore ? [] : [.. options.LabelNames ?? known];
        for (var number = 0; number < _names.Count; number++)
            if (!_numbers.TryAdd(_names[number], number))
                throw new ArgumentException($"The label '{_names[number]}' occurs twice in {nameof(CorpusOptions.LabelNames)}.");
    }

    /// <summary>The names in the order of the numbers that <see cref="NumberOf"/> gives.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The number of a document's label; -1 for none.</summary>
    /// <exception cref="DataFormatException">A label is missing, or is not one of those that are allowed.</exception>
    public int NumberOf(Document document)
    {
        if (_options.Labels == CorpusLabels.Ignore) return -1;
        if (document.Label is not { } name)
        {
            return _options.Labels == CorpusLabels.Keep ? -1 : throw new DataFormatException(
                _corpus, $"the document {document.Name} has no label. Give it one, or choose {nameof(CorpusLabels)}.{nameof(CorpusLabels.Keep)}");
        }
        if (_numbers.TryGetValue(name, out var number)) return number;
        if (_options.LabelNames is { } allowed)
            throw new DataFormatException(
                _corpus, $"the document {document.Name} has the label '{name}'; allowed are "
                + string.Join(", ", allowed.Take(NamesShown)) + (allowed.Count > NamesShown ? ", ..." : ""));
        _numbers.Add(name, _names.Count);
        _names.Add(name);
        return _names.Count - 1;
    }

    /// <summary>The names in their final order, and the final number of each number given so far.</summary>
    public (string[] Names, int[] Final) Finish()
    {
        if (_options.LabelNames != null) return ([.. _names], [.. Enumerable.Range(0, _names.Count)]);
        string[] sorted = [.. _names.Order(StringComparer.Ordinal)];
        return (sorted, [.. _names.Select(name => Array.BinarySearch(sorted, name, StringComparer.Ordinal))]);
    }
}
