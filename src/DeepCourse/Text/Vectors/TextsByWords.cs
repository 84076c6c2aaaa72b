using DeepCourse.Data;
using DeepCourse.Text.Corpora;

namespace DeepCourse.Text.Vectors;

/// <summary>The table of texts by words of <see cref="LatentSemantics"/>, which is read again and again but never
/// made.</summary>
internal sealed class TextsByWords
{
    private readonly IEncodedDocuments _texts;
    private readonly int[][] _parts;
    private readonly int _words;
    private readonly int _firstWord;
    private readonly CancellationToken _cancellation;

    public TextsByWords(IEncodedDocuments texts, IReadOnlyList<int> documents, int words, LatentSemanticsOptions options, CancellationToken cancellation)
    {
        (_texts, _words, _firstWord, _cancellation) = (texts, words, options.FirstWord, cancellation);
        _parts = [.. documents.Chunk(Math.Max(1, (documents.Count + options.Threads - 1) / options.Threads))];
        var counts = InParts(CountTexts);
        Rarity = [.. Enumerable.Range(0, words).Select(word => counts.Sum(count => count[word])).Select(count => count == 0 ? 0 : Math.Pow(Math.Log((double)documents.Count / count), options.Rarity))];
    }

    /// <summary>How much each word counts.</summary>
    public double[] Rarity { get; }

    /// <summary>Multiplies the table's transpose times the table, [words, words], with a dense matrix.</summary>
    /// <param name="factor">[words, depth], row after row.</param>
    /// <param name="product">Gets [words, depth].</param>
    /// <param name="depth">The number of columns of both.</param>
    public void Multiply(double[] factor, double[] product, int depth)
    {
        var parts = InParts(part => Multiply(part, factor, depth));
        Array.Clear(product);
        foreach (var part in parts)
            for (var i = 0; i < part.Length; i++) product[i] += part[i];
    }

    private double[] Multiply(int[] part, double[] factor, int depth)
    {
        var (product, along) = (new double[_words * depth], new double[depth]);
        foreach (var text in DistinctWords(part))
        {
            Array.Clear(along);
            var squares = 0.0;
            foreach (var word in text.AsSpan())
            {
                var weight = Rarity[word];
                squares += weight * weight;
                var row = factor.AsSpan(word * depth, depth);
                for (var i = 0; i < row.Length; i++) along[i] += weight * row[i];
            }
            if (squares == 0) continue;
            foreach (var word in text.AsSpan())
            {
                var weight = Rarity[word] / squares;
                var row = product.AsSpan(word * depth, depth);
                for (var i = 0; i < row.Length; i++) row[i] += weight * along[i];
            }
        }
        return product;
    }

    private long[] CountTexts(int[] part)
    {
        var counts = new long[_words];
        foreach (var text in DistinctWords(part))
            foreach (var word in text.AsSpan()) counts[word]++;
        return counts;
    }

    // The words of each text, each once, in one array that is used again.
    private IEnumerable<ArraySegment<int>> DistinctWords(int[] part)
    {
        var (seen, text) = (new int[_words], 0);
        foreach (var words in _texts.ReadFrom(_firstWord, _words, part, _cancellation))
        {
            text++;
            var count = 0;
            var all = words.AsSpan();
            foreach (var word in all)
            {
                if (seen[word] == text) continue;
                seen[word] = text;
                all[count++] = word;
            }
            yield return words[..count];
        }
    }

    // Sums are added up in the order of the parts: the same number of threads gives the same result.
    private List<T> InParts<T>(Func<int[], T> work)
    {
        var results = new List<T>();
        OrderedWork.Run(_parts, work, results.Add, Math.Max(1, _parts.Length), _cancellation);
        return results;
    }
}
