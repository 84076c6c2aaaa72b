using DeepCourse.Tensors;
using DeepCourse.Text.Corpora;
using DeepCourse.Text.Models;

namespace DeepCourse.Text.Vectors;

/// <summary>A vector for each word, from the company it keeps: words that stand among the same words point the same
/// way.</summary>
/// <remarks>
/// <para>What a language model would need many passes over a text to find out, counting finds in one: how often two words
/// stand near each other, against how often they would by chance (positive pointwise mutual information), and the
/// directions in which that table varies most, by its eigenvectors. Levy and Goldberg 2014, Neural word embedding as
/// implicit matrix factorization.</para>
/// <para>Vectors have length 1; a word without company has zeros.</para>
/// </remarks>
public sealed class WordVectors
{
    private readonly float[] _values;

    internal WordVectors(int count, int size, float[] values)
    {
        (Count, Size, _values) = (count, size, values);
    }

    /// <summary>The number of words.</summary>
    public int Count { get; }

    /// <summary>Numbers of a vector.</summary>
    public int Size { get; }

    /// <summary>The vector of a word.</summary>
    /// <param name="word">Its number in the vocabulary.</param>
    public ReadOnlySpan<float> this[int word] => _values.AsSpan(word * Size, Size);

    /// <summary>Counts the words of texts, which are read several times and never held, and makes vectors.</summary>
    /// <param name="texts">The tokens.</param>
    /// <param name="words">The size of the vocabulary; more than the vectors' size.</param>
    /// <param name="options">By default ten words to each side and 256 numbers.</param>
    /// <param name="documents">Which texts; by default all.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    public static WordVectors Of(
        IEncodedDocuments texts, int words, WordVectorOptions? options = null,
        IReadOnlyList<int>? documents = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        options = (options ?? new()).Checked();
        if (words <= options.Size) throw new ArgumentOutOfRangeException(nameof(words), words, $"vectors of {options.Size} numbers need more words than that");
        var company = new WordCompany(texts, documents ?? texts.All(), words, options).Surprise(cancellation);
        return new(words, options.Size, SymmetricFactors.Of(company, options.Size, options.Seed, cancellation));
    }

    /// <summary>The words whose vectors point most nearly the same way.</summary>
    /// <param name="word">The number of a word.</param>
    /// <param name="count">How many.</param>
    /// <returns>Their numbers, and the cosine of the angle, 1 at most, falling.</returns>
    public IReadOnlyList<(int Word, double Cosine)> Nearest(int word, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(word);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(word, Count);
        return [.. Enumerable.Range(0, Count).Where(other => other != word).Select(other => (other, Cosine(word, other))).OrderByDescending(pair => pair.Item2).Take(count)];
    }

    /// <summary>The vectors, float32 [words, size].</summary>
    public Tensor ToTensor() => tensor(_values, [Count, Size]);

    /// <summary>Adds what the vectors know to an encoder's table of embeddings.</summary>
    /// <param name="encoder">Has a row for each word, of the vectors' size; on any device.</param>
    /// <param name="anchors">Words whose rows mean something already. The vectors are turned, all together, so that theirs
    /// come to lie nearest to these rows (the orthogonal Procrustes problem; Schönemann 1966), which leaves the angles
    /// between vectors as they are. By default they are not turned.</param>
    /// <remarks>Added vectors are as long as the rows are on average, measured from the rows' mean.</remarks>
    /// <exception cref="ArgumentException">The table has another size.</exception>
    public void AddTo(AwdLstm encoder, IReadOnlyList<int>? anchors = null)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var table = encoder.Table.weight!;
        if (table.size(0) != Count || table.size(1) != Size)
            throw new ArgumentException($"{Count} vectors of {Size} numbers don't fit a table of {table.ShapeText()}", nameof(encoder));
        table.add_(Turned(table.detach().cpu(), anchors ?? []).to(table.device));
    }

    private Tensor Turned(Tensor table, IReadOnlyList<int> anchors)
    {
        var vectors = ToTensor();
        Tensor Deviations(Tensor rows) => rows - rows.mean([0], keepdim: true);
        if (anchors.Count == 0) return vectors * Deviations(table).norm(1).mean();
        var places = torch.tensor(anchors.Select(anchor => (long)anchor).ToArray());
        var rows = Deviations(table.index_select(0, places));
        var (left, _, right) = linalg.svd(vectors.index_select(0, places).t().mm(rows));
        return vectors.mm(left.mm(right)) * rows.norm(1).mean();
    }

    private double Cosine(int left, int right)
    {
        var a = this[left];
        var b = this[right];
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
