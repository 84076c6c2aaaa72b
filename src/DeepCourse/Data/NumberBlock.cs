namespace DeepCourse.Data;

/// <summary>One number, as it is: a price, an age, an angle.</summary>
public sealed class NumberBlock : IBlock<float, float, Tensor>
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The number is not finite: it would turn every weight into NaN.</exception>
    public float Encode(float raw, Random random) => float.IsFinite(raw)
        ? raw
        : throw new ArgumentException($"The number is {raw}; a target must be finite.", nameof(raw));

    /// <inheritdoc/>
    /// <param name="batch">[batch].</param>
    /// <param name="index">Which item, from 0.</param>
    public float Decode(Tensor batch, int index)
    {
        using var item = batch[index];
        return item.ToSingle();
    }

    /// <inheritdoc/>
    /// <returns>float32, [batch].</returns>
    public Tensor Collate(IReadOnlyList<float> items) => torch.tensor(items.ToArray());

    /// <inheritdoc/>
    public float Mock(Random random) => random.NextSingle() * 2 - 1;
}
