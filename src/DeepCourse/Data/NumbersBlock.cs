namespace DeepCourse.Data;

/// <summary>A fixed number of numbers.</summary>
/// <param name="count">How many.</param>
public sealed class NumbersBlock(int count) : IBlock<float[], float[], Tensor>
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are more or fewer numbers, or one is not finite.</exception>
    public float[] Encode(float[] raw, Random random)
    {
        if (raw.Length != count)
            throw new ArgumentException($"Expected {count} numbers, got {raw.Length}.", nameof(raw));
        var bad = Array.FindIndex(raw, value => !float.IsFinite(value));
        if (bad >= 0) throw new ArgumentException($"Number {bad} is {raw[bad]}; it must be finite.", nameof(raw));
        return raw;
    }

    /// <inheritdoc/>
    /// <param name="batch">[batch, count].</param>
    /// <param name="index">Which item, from 0.</param>
    public float[] Decode(Tensor batch, int index)
    {
        using var row = batch[index].to(ScalarType.Float32).cpu();
        using var accessor = row.data<float>();
        return accessor.ToArray();
    }

    /// <inheritdoc/>
    /// <returns>float32, [batch, count].</returns>
    public Tensor Collate(IReadOnlyList<float[]> items) =>
        torch.tensor(items.SelectMany(item => item).ToArray(), [items.Count, count]);

    /// <inheritdoc/>
    public float[] Mock(Random random) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2 - 1)];
}
