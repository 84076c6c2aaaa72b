using DeepCourse.Data;

namespace DeepCourse.Vision.Detection;

/// <summary>One box an item, as four shares of the picture's sides.</summary>
/// <remarks>Batches are float32, [batch, 4], (left, top, right, bottom) in 0..1.</remarks>
public sealed class BoxBlock : IBlock<UnitBox, float[], Tensor>
{
    /// <summary>How far an edge may lie outside for rounding's sake; what is further out is an error in the
    /// data.</summary>
    private const float Tolerance = 0.01f;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The box is empty, outside the picture or has an edge that is not a
    /// number.</exception>
    public float[] Encode(UnitBox raw, Random random)
    {
        var clipped = raw.Clip();
        if (clipped.IsEmpty) throw new ArgumentException($"expected a box inside the picture, got {raw}", nameof(raw));
        foreach (var (edge, kept) in raw.ToArray().Zip(clipped.ToArray()))
            if (Math.Abs(edge - kept) > Tolerance)
                throw new ArgumentException($"expected edges in 0..1, got {raw}", nameof(raw));
        return clipped.ToArray();
    }

    /// <inheritdoc/>
    /// <param name="batch">[batch, 4], targets or predictions.</param>
    /// <param name="index">Which item, from 0.</param>
    public UnitBox Decode(Tensor batch, int index)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = torch.NewDisposeScope();
        return UnitBox.FromArray(batch[index].detach().to(ScalarType.Float32).cpu().data<float>().ToArray());
    }

    /// <inheritdoc/>
    /// <returns>float32, [batch, 4].</returns>
    public Tensor Collate(IReadOnlyList<float[]> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return torch.tensor(items.SelectMany(item => item).ToArray(), [items.Count, 4]);
    }

    /// <inheritdoc/>
    public float[] Mock(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var (x, y) = (random.NextSingle() * 0.5f, random.NextSingle() * 0.5f);
        return [x, y, x + 0.1f + (random.NextSingle() * 0.4f), y + 0.1f + (random.NextSingle() * 0.4f)];
    }
}
