namespace DeepCourse.Data;

/// <summary>Any number of categories at once, by name.</summary>
/// <param name="categories">The names; their order is the order of the columns.</param>
public sealed class MultiCategoryBlock(Vocabulary categories) : IBlock<IReadOnlyList<string>, int[], Tensor>
{
    private const float Threshold = 0.5f;

    /// <summary>The names; their order is the order of the columns.</summary>
    public Vocabulary Categories { get; } = categories;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A name is not a category and there is none for unknown ones.</exception>
    public int[] Encode(IReadOnlyList<string> raw, Random random) =>
        [.. raw.Select(Categories.IndexOf).Distinct().Order()];

    /// <inheritdoc/>
    /// <param name="batch">Any floating type, [batch, categories]; a category is present above 0.5.</param>
    /// <param name="index">Which item, from 0.</param>
    public IReadOnlyList<string> Decode(Tensor batch, int index)
    {
        using var row = batch[index].to(ScalarType.Float32).cpu();
        using var accessor = row.data<float>();
        var values = accessor.ToArray();
        return [.. Categories.Where((_, category) => values[category] > Threshold)];
    }

    /// <inheritdoc/>
    /// <returns>float32, [batch, categories], 1 where a category is present.</returns>
    public Tensor Collate(IReadOnlyList<int[]> items)
    {
        var values = new float[items.Count * Categories.Count];
        for (var item = 0; item < items.Count; item++)
            foreach (var category in items[item])
                values[item * Categories.Count + category] = 1;
        return torch.tensor(values, [items.Count, Categories.Count]);
    }

    /// <inheritdoc/>
    public int[] Mock(Random random) =>
        [.. Enumerable.Range(0, Categories.Count).Where(_ => random.NextDouble() < 0.5)];
}
