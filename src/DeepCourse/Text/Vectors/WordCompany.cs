using DeepCourse.Data;
using DeepCourse.Text.Baselines;
using DeepCourse.Text.Corpora;

namespace DeepCourse.Text.Vectors;

/// <summary>How often words stand near each other, and how surprising that is.</summary>
/// <remarks>The table of all pairs is made some rows at a time, each time reading the texts, so that memory is bounded by the
/// pairs that matter and not by all.</remarks>
internal sealed class WordCompany(IEncodedDocuments texts, IReadOnlyList<int> documents, int words, WordVectorOptions options)
{
    // 256 MB of counts.
    private const long Budget = 64 << 20;

    /// <summary>For each pair of words the logarithm of how many times more often than by chance they meet, less that of
    /// <see cref="WordVectorOptions.Surprise"/>; pairs below zero are left out. Symmetric.</summary>
    public SparseRows Surprise(CancellationToken cancellation)
    {
        var (share, total) = Shares(cancellation);
        var rows = new (int[] Columns, float[] Values)[words];
        var block = (int)Math.Clamp(Budget / words, 1, words);
        var counts = new int[(long)block * words];
        for (var from = 0; from < words; from += block)
        {
            var to = Math.Min(words, from + block);
            Array.Clear(counts);
            Count(counts, from, to, cancellation);
            var start = from;
            Parallel.For(start, to, row => rows[row] = Row(counts.AsSpan((row - start) * words, words), row, share, total));
        }
        var starts = new int[words + 1];
        for (var row = 0; row < words; row++) starts[row + 1] = checked(starts[row] + rows[row].Columns.Length);
        return new(words, starts, [.. rows.SelectMany(row => row.Columns)], [.. rows.SelectMany(row => row.Values)]);
    }

    // The logarithm of each word's share in all company, smoothed on one side as in the paper: half on each, so that the
    // table stays symmetric.
    private (double[] Share, double Total) Shares(CancellationToken cancellation)
    {
        var met = new double[words];
        foreach (var segment in Texts(cancellation))
        {
            var text = segment.AsSpan();
            for (var i = 0; i < text.Length; i++)
                met[text[i]] += Math.Min(options.Window, i) + Math.Min(options.Window, text.Length - 1 - i);
        }
        var power = (1 + options.Smoothing) / 2;
        var sum = met.Sum(count => Math.Pow(count, power));
        return ([.. met.Select(count => count == 0 ? 0 : Math.Log(Math.Pow(count, power) / sum))], met.Sum());
    }

    // Threads share the rows, not the texts: no two of them write to the same count.
    private void Count(int[] counts, int from, int to, CancellationToken cancellation) => OrderedWork.Run(
        Enumerable.Range(0, options.Threads),
        thread =>
        {
            foreach (var segment in Texts(cancellation))
            {
                var text = segment.AsSpan();
                for (var i = 0; i < text.Length; i++)
                {
                    var word = text[i];
                    if (word < from || word >= to || word % options.Threads != thread) continue;
                    var row = counts.AsSpan((word - from) * words, words);
                    var last = Math.Min(text.Length - 1, i + options.Window);
                    for (var j = Math.Max(0, i - options.Window); j <= last; j++)
                        if (j != i) row[text[j]]++;
                }
            }
            return thread;
        },
        _ => { }, options.Threads, cancellation);

    private (int[] Columns, float[] Values) Row(ReadOnlySpan<int> counts, int row, double[] share, double total)
    {
        var least = Math.Log(total) + share[row] + Math.Log(options.Surprise);
        var (columns, values) = (new List<int>(), new List<float>());
        for (var column = 0; column < counts.Length; column++)
        {
            if (counts[column] == 0) continue;
            var value = Math.Log(counts[column]) - least - share[column];
            if (value <= 0) continue;
            columns.Add(column);
            values.Add((float)value);
        }
        return ([.. columns], [.. values]);
    }

    private IEnumerable<ArraySegment<int>> Texts(CancellationToken cancellation) => texts.ReadFrom(options.FirstWord, words, documents, cancellation);
}
