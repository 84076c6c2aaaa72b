using DeepCourse.Text.Corpora;

namespace DeepCourse.Text.Vectors;

/// <summary>The directions in which whole texts differ most, and how much each word of a text moves it along them.</summary>
/// <remarks>
/// <para>Latent semantic analysis (Deerwester et al. 1990, Indexing by latent semantic analysis): a table of texts by words,
/// in which a word that is there counts by its rarity and each text has length 1, and its first right singular vectors.
/// Nobody has to label anything for it, and what whole texts share is more than what neighbouring words do: who pans a film
/// does so in many words. <see cref="WordVectors"/> know which words stand side by side.</para>
/// <para>The table is never made: texts are read again for each multiplication with it, so that memory is bounded by the
/// vocabulary.</para>
/// </remarks>
public sealed class LatentSemantics
{
    private readonly float[] _values;

    internal LatentSemantics(int count, int size, float[] values) => (Count, Size, _values) = (count, size, values);

    /// <summary>The number of words.</summary>
    public int Count { get; }

    /// <summary>The number of directions.</summary>
    public int Size { get; }

    /// <summary>How far a word moves a text along each direction; zeros where it is no word, or in no text.</summary>
    /// <param name="word">Its number in the vocabulary.</param>
    public ReadOnlySpan<float> this[int word] => _values.AsSpan(word * Size, Size);

    /// <summary>Finds the directions.</summary>
    /// <param name="texts">The tokens. They are read six times.</param>
    /// <param name="words">The size of the vocabulary; more than there are directions.</param>
    /// <param name="options">By default twenty directions.</param>
    /// <param name="documents">Which texts; by default all.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The vocabulary is too small for the directions.</exception>
    /// <exception cref="ArgumentException">A token is not of the vocabulary.</exception>
    public static LatentSemantics Of(
        IEncodedDocuments texts, int words, LatentSemanticsOptions? options = null,
        IReadOnlyList<int>? documents = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        options = (options ?? new()).Checked();
        if (words <= options.Size) throw new ArgumentOutOfRangeException(nameof(words), words, $"{options.Size} directions need more words than that");
        var table = new TextsByWords(texts, documents ?? texts.All(), words, options, cancellation);
        using var scope = NewDisposeScope();
        var (values, vectors) = SymmetricFactors.Eigenvectors(table.Multiply, words, options.Size, options.Seed, cancellation);
        // Few texts differ in few directions; what is found beyond them is noise.
        var exists = values.gt(values.max() * 1e-10).to(ScalarType.Float64);
        var rarity = tensor(table.Rarity, [words, 1]);
        return new(words, options.Size, (vectors * exists * rarity).to(ScalarType.Float32).contiguous().data<float>().ToArray());
    }

    /// <summary>Where a text lies: the sum over its words, each once, as a vector of length 1; zeros without known words.</summary>
    /// <param name="tokens">The numbers of its tokens.</param>
    public float[] PlaceOf(ReadOnlySpan<int> tokens)
    {
        var (place, seen) = (new double[Size], new HashSet<int>());
        foreach (var token in tokens)
        {
            if (!seen.Add(token)) continue;
            var row = this[token];
            for (var i = 0; i < place.Length; i++) place[i] += row[i];
        }
        var length = Math.Sqrt(place.Sum(value => value * value));
        return [.. place.Select(value => length == 0 ? 0 : (float)(value / length))];
    }

    /// <summary>The words that move a text furthest along a direction, towards one end or the other.</summary>
    /// <param name="direction">From 0 up to, but not including, <see cref="Size"/>; the first ones tell most.</param>
    /// <param name="count">How many at most: words that move a text the other way, or not at all, are left out.</param>
    /// <param name="negative">Towards the end of negative numbers. Which end that is means nothing.</param>
    public IReadOnlyList<int> Strongest(int direction, int count, bool negative = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(direction);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(direction, Size);
        double Along(int word) => negative ? -this[word][direction] : this[word][direction];
        return [.. Enumerable.Range(0, Count).Where(word => Along(word) > 0).OrderByDescending(Along).Take(count)];
    }

    /// <summary>The rows of all words, float32 [words, directions].</summary>
    public Tensor ToTensor() => tensor(_values, [Count, Size]);
}
