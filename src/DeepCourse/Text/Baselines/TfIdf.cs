using DeepCourse.Text.Tokenization;

namespace DeepCourse.Text.Baselines;

/// <summary>Turns documents into rows of numbers: how often each term occurs, weighed by how few documents have it.</summary>
/// <remarks>
/// The weight of a term that <c>d</c> of <c>n</c> documents have is ln((1 + n) / (1 + d)) + 1, and every row is scaled to
/// length 1: scikit-learn's <c>TfidfVectorizer</c> with its defaults, and the same numbers for the same tokens. The columns
/// stand in the order in which their terms first occurred.
/// </remarks>
public sealed class TfIdf
{
    // Documents that are cut into tokens at once; their tokens are numbered one document after the other, so that the
    // numbers don't depend on the threads.
    private const int Portion = 256;

    private readonly ITokenizer _tokenizer;
    private readonly NGramIndex _index;
    private readonly TfIdfOptions _options;
    private readonly int[] _columnOf;
    private readonly int[] _termOf;
    private readonly double[] _weights;

    private TfIdf(ITokenizer tokenizer, NGramIndex index, TfIdfOptions options, int documents, IReadOnlyList<int> columns, List<int> documentsWith)
    {
        (_tokenizer, _index, _options, Documents) = (tokenizer, index, options, documents);
        _termOf = [.. columns];
        _columnOf = new int[index.Count];
        Array.Fill(_columnOf, -1);
        for (var column = 0; column < _termOf.Length; column++) _columnOf[_termOf[column]] = column;
        _weights = [.. _termOf.Select(term => Math.Log((1.0 + documents) / (1.0 + documentsWith[term])) + 1)];
    }

    /// <summary>The number of terms: the width of the rows.</summary>
    public int Count => _termOf.Length;

    /// <summary>How many documents the weights were made from.</summary>
    public int Documents { get; }

    /// <summary>A term: its tokens with a space between two.</summary>
    /// <param name="column">From 0 up to, but not including, <see cref="Count"/>.</param>
    public string this[int column] => _index[_termOf[column]];

    /// <summary>The weight of a term: what others call its inverse document frequency.</summary>
    /// <param name="column">From 0 up to, but not including, <see cref="Count"/>.</param>
    public double Weight(int column) => _weights[column];

    /// <summary>Chooses the terms, and weighs them.</summary>
    /// <param name="tokenizer">Cuts documents into tokens; it is kept.</param>
    /// <param name="documents">Read once, one after the other.</param>
    /// <param name="options">What counts; null for the defaults.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ArgumentException">The documents hold no term.</exception>
    public static TfIdf Fit(
        ITokenizer tokenizer, IEnumerable<string> documents, TfIdfOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.LongestNGram, 1);
        var index = new NGramIndex(options.LongestNGram);
        List<int> terms = [], documentsWith = [], lastDocument = [];
        var occurrences = new List<long>();
        var count = 0;
        foreach (var portion in documents.Chunk(Portion))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var tokens in portion.AsParallel().AsOrdered().Select(document => Tokens(tokenizer, document)))
            {
                terms.Clear();
                index.Add(tokens, terms);
                while (documentsWith.Count < index.Count)
                {
                    documentsWith.Add(0);
                    lastDocument.Add(-1);
                    occurrences.Add(0);
                }
                foreach (var term in terms)
                {
                    occurrences[term]++;
                    if (lastDocument[term] == count) continue;
                    lastDocument[term] = count;
                    documentsWith[term]++;
                }
                count++;
            }
        }
        var kept = Enumerable.Range(0, index.Count).Where(term => documentsWith[term] >= options.LeastDocuments);
        if (options.MostTerms is { } most && index.Count > most)
        {
            // Of terms that occur equally often, those that come first in the alphabet: the choice must not depend on chance.
            int[] frequent = [.. kept.OrderByDescending(term => occurrences[term])];
            if (frequent.Length > most)
            {
                var least = occurrences[frequent[most - 1]];
                int[] surely = [.. frequent.TakeWhile(term => occurrences[term] > least)];
                var perhaps = frequent.Skip(surely.Length).TakeWhile(term => occurrences[term] == least).OrderBy(term => index[term], StringComparer.Ordinal);
                kept = surely.Concat(perhaps.Take(most - surely.Length)).Order();
            }
        }
        int[] columns = [.. kept];
        if (columns.Length == 0)
        {
            throw new ArgumentException(
                $"{count} documents hold no term in {options.LeastDocuments} or more of them", nameof(documents));
        }
        return new(tokenizer, index, options, count, columns, documentsWith);
    }

    /// <summary>Turns documents into rows.</summary>
    /// <param name="documents">They need not be those of <see cref="Fit"/>; terms that those didn't have are left out.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>A row for each document; one without a known term is empty.</returns>
    public SparseRows Transform(IEnumerable<string> documents, CancellationToken cancellation = default)
    {
        var starts = new List<int> { 0 };
        List<int> columns = [];
        List<float> values = [];
        foreach (var portion in documents.Chunk(Portion))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var row in portion.AsParallel().AsOrdered().Select(Row))
            {
                columns.AddRange(row.Columns);
                values.AddRange(row.Values);
                starts.Add(columns.Count);
            }
        }
        return new(Count, [.. starts], [.. columns], [.. values]);
    }

    /// <summary>Turns one document into a row.</summary>
    /// <param name="document">Any text.</param>
    public SparseRows Transform(string document) => Transform([document]);

    private (int[] Columns, float[] Values) Row(string document)
    {
        var terms = new List<int>();
        _index.Find(Tokens(_tokenizer, document), terms);
        int[] all = [.. terms.Select(term => _columnOf[term]).Where(column => column >= 0)];
        Array.Sort(all);
        List<int> columns = [];
        List<double> values = [];
        for (var from = 0; from < all.Length;)
        {
            var to = from + 1;
            while (to < all.Length && all[to] == all[from]) to++;
            double often = to - from;
            columns.Add(all[from]);
            values.Add((_options.Sublinear ? 1 + Math.Log(often) : often) * _weights[all[from]]);
            from = to;
        }
        var length = Math.Sqrt(values.Sum(value => value * value));
        return ([.. columns], [.. values.Select(value => (float)(value / length))]);
    }

    private static TokenBuffer Tokens(ITokenizer tokenizer, string document)
    {
        var tokens = new TokenBuffer();
        tokenizer.Tokenize(document, tokens);
        return tokens;
    }
}
