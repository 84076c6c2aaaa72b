namespace DeepCourse.Data;

/// <summary>One of several categories, by name.</summary>
/// <param name="categories">The names; their order is the order of the classes.</param>
public sealed class CategoryBlock(Vocabulary categories) : IBlock<string, long, Tensor>
{
    /// <summary>Takes the categories in the given order.</summary>
    /// <param name="names">Distinct names.</param>
    public CategoryBlock(IEnumerable<string> names)
        : this(new Vocabulary(names))
    {
    }

    /// <summary>The names; their order is the order of the classes.</summary>
    public Vocabulary Categories { get; } = categories;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The name is not a category and there is none for unknown ones.</exception>
    public long Encode(string raw, Random random) => Categories.IndexOf(raw);

    /// <inheritdoc/>
    /// <param name="batch">int64, [batch].</param>
    /// <param name="index">Which item, from 0.</param>
    public string Decode(Tensor batch, int index)
    {
        using var item = batch[index];
        return Categories[(int)item.ToInt64()];
    }

    /// <inheritdoc/>
    /// <returns>int64, [batch].</returns>
    public Tensor Collate(IReadOnlyList<long> items) => torch.tensor(items.ToArray());

    /// <inheritdoc/>
    public long Mock(Random random) => random.Next(Categories.Count);
}
