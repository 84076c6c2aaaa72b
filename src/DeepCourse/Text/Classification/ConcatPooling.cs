namespace DeepCourse.Text.Classification;

/// <summary>Last, largest and mean output of each text, gathered chunk by chunk: no more than a chunk's outputs are held
/// beside what gradients need.</summary>
internal sealed class ConcatPooling(BatchLayout layout)
{
    /// <summary>How many features there are for each output of the encoder.</summary>
    public const int Parts = 3;

    private readonly Stack<Tensor> _finished = [];
    private Tensor? _largest;
    private Tensor? _sum;

    /// <summary>Takes the outputs of a chunk.</summary>
    /// <param name="outputs">[active texts, steps, values], the texts in the layout's order.</param>
    /// <param name="start">The place of the chunk's first token.</param>
    public void Add(Tensor outputs, int start)
    {
        using var scope = NewDisposeScope();
        // Sums over a whole text are more than 16 bits hold.
        if (outputs.dtype is ScalarType.Float16 or ScalarType.BFloat16) outputs = outputs.to(ScalarType.Float32);
        var (active, steps) = ((int)outputs.size(0), (int)outputs.size(1));
        var (largest, sum) = Pool(outputs, start, steps, active);
        largest = _largest is null ? largest : _largest.maximum(largest);
        sum = _sum is null ? sum : _sum + sum;
        var remaining = layout.CountLongerThan(start + steps);
        if (remaining < active) Finish(outputs, largest, sum, start, remaining);
        _largest = Keep(largest, remaining);
        _sum = Keep(sum, remaining);
    }

    /// <summary>The features of all texts, in the layout's order; zeros for empty ones.</summary>
    /// <param name="values">How many values the encoder gives for a token.</param>
    /// <param name="like">Has the type and the device of features of no text at all.</param>
    public Tensor Features(int values, Tensor like)
    {
        var rows = _finished.ToList();
        var empty = layout.Lengths.Count(length => length == 0);
        if (empty > 0 || rows.Count == 0)
        {
            var type = rows.Count == 0 ? like.dtype : rows[0].dtype;
            rows.Add(zeros(empty, Parts * values, dtype: type, device: layout.Device));
        }
        return rows.Count == 1 ? rows[0] : cat(rows, 0);
    }

    private (Tensor Largest, Tensor Sum) Pool(Tensor outputs, int start, int steps, int active)
    {
        var all = layout.Starts[0] <= start && layout.Lengths[active - 1] >= start + steps;
        if (all) return (outputs.max(1).values, outputs.sum(1));
        var outside = Outside(start, steps, active);
        return (outputs.masked_fill(outside, float.NegativeInfinity).max(1).values, outputs.masked_fill(outside, 0).sum(1));
    }

    // Which outputs don't count: [active, steps, 1]. Where none of a text's do, its largest stays below all numbers.
    private Tensor Outside(int start, int steps, int active)
    {
        var outside = new bool[active * steps];
        for (var text = 0; text < active; text++)
            for (var step = 0; step < steps; step++)
                outside[text * steps + step] = start < layout.Starts[text] || start + step >= layout.Lengths[text];
        return torch.tensor(outside, [active, steps, 1], device: layout.Device);
    }

    // The texts that end in this chunk are the last of those that reach it.
    private void Finish(Tensor outputs, Tensor largest, Tensor sum, int start, int remaining)
    {
        var (active, values) = ((int)outputs.size(0), outputs.size(2));
        var count = active - remaining;
        var lastSteps = new long[count];
        var numbers = new float[count];
        for (var i = 0; i < count; i++)
        {
            var length = layout.Lengths[remaining + i];
            lastSteps[i] = length - 1 - start;
            numbers[i] = length - layout.Starts[remaining + i];
        }
        var step = torch.tensor(lastSteps, [count, 1, 1], device: layout.Device).expand(count, 1, values);
        var last = outputs.narrow(0, remaining, count).gather(1, step).squeeze(1);
        var mean = sum.narrow(0, remaining, count) / torch.tensor(numbers, [count, 1], device: layout.Device);
        _finished.Push(Outlive(cat([last, largest.narrow(0, remaining, count), mean], 1)));
    }

    private static Tensor? Keep(Tensor pooled, int texts) => texts == 0 ? null : Outlive(pooled.narrow(0, 0, texts));

    // Out of this chunk's scope and of the caller's, to that of the batch.
    private static Tensor Outlive(Tensor tensor) => tensor.MoveToOuterDisposeScope().MoveToOuterDisposeScope();
}
