using DeepCourse.Data;
using DeepCourse.Tensors;

namespace DeepCourse.Text.Classification;

/// <summary>The features of each text, gathered chunk by chunk: no more than a chunk's outputs are held beside what gradients
/// need.</summary>
/// <param name="layout">Which tokens count.</param>
/// <param name="features">What is gathered.</param>
internal sealed class ConcatPooling(BatchLayout layout, TextFeatures features)
{
    // What is gathered chunk by chunk.
    private const TextFeatures Pooled = TextFeatures.Ulmfit | TextFeatures.Words;

    private readonly Stack<Tensor> _finished = [];
    private Tensor? _largest;
    private Tensor? _sum;
    private Tensor? _words;
    private Tensor? _weight;

    /// <summary>How many of the features are gathered here, each as many numbers as an embedding has.</summary>
    public static int Parts(TextFeatures features) => System.Numerics.BitOperations.PopCount((uint)(features & Pooled));

    /// <summary>Takes what the encoder says about a chunk.</summary>
    /// <param name="outputs">[active texts, steps, values], the texts in the layout's order.</param>
    /// <param name="embedded">The embedded tokens, [active texts, steps, values].</param>
    /// <param name="weights">How much each word counts, [active texts, steps, 1]; null where words aren't gathered.</param>
    /// <param name="start">The place of the chunk's first token.</param>
    public void Add(Tensor outputs, Tensor embedded, Tensor? weights, int start)
    {
        using var scope = NewDisposeScope();
        // Sums over a whole text are more than 16 bits hold.
        outputs = outputs.ToWide();
        var (active, steps) = ((int)outputs.size(0), (int)outputs.size(1));
        var outside = layout.Starts[0] <= start && layout.Lengths[active - 1] >= start + steps ? null : Outside(start, steps, active);
        Tensor Counting(Tensor values, float otherwise) => outside is null ? values : values.masked_fill(outside, otherwise);

        if (Has(TextFeatures.Largest))
        {
            var largest = Counting(outputs, float.NegativeInfinity).max(1).values;
            _largest = _largest is null ? largest : _largest.maximum(largest);
        }
        if (Has(TextFeatures.Mean)) _sum = Sum(_sum, Counting(outputs, 0).sum(1));
        if (weights is not null)
        {
            var counting = Counting(weights, 0);
            _words = Sum(_words, (embedded.ToWide() * counting).sum(1));
            _weight = Sum(_weight, counting.sum(1));
        }

        var remaining = layout.CountLongerThan(start + steps);
        if (remaining < active) Finish(outputs, start, active, remaining);
        _largest = Keep(_largest, remaining);
        _sum = Keep(_sum, remaining);
        _words = Keep(_words, remaining);
        _weight = Keep(_weight, remaining);
    }

    /// <summary>The features of all texts, in the layout's order; zeros for empty ones.</summary>
    /// <param name="values">How many numbers an embedding has.</param>
    /// <param name="like">Has the type and the device of features of no text at all.</param>
    public Tensor Features(int values, Tensor like)
    {
        var rows = _finished.ToList();
        var empty = layout.Lengths.Count(length => length == 0);
        if (empty > 0 || rows.Count == 0)
        {
            var type = rows.Count == 0 ? like.dtype : rows[0].dtype;
            rows.Add(zeros(empty, Parts(features) * values, dtype: type, device: layout.Device));
        }
        return rows.Count == 1 ? rows[0] : cat(rows, 0);
    }

    private bool Has(TextFeatures feature) => features.HasFlag(feature);

    // Which outputs don't count: [active, steps, 1]. Where none of a text's do, its largest stays below all numbers.
    private Tensor Outside(int start, int steps, int active)
    {
        var outside = new bool[active * steps];
        for (var text = 0; text < active; text++)
            for (var step = 0; step < steps; step++)
                outside[text * steps + step] = start < layout.Starts[text] || start + step >= layout.Lengths[text];
        return torch.tensor(outside, [active, steps, 1]).Place(layout.Device);
    }

    // The texts that end in this chunk are the last of those that reach it.
    private void Finish(Tensor outputs, int start, int active, int remaining)
    {
        var count = active - remaining;
        Tensor Ending(Tensor? pooled) => pooled!.narrow(0, remaining, count);
        var parts = new List<Tensor>();
        if (Has(TextFeatures.Last))
        {
            var lastSteps = new long[count];
            for (var i = 0; i < count; i++) lastSteps[i] = layout.Lengths[remaining + i] - 1 - start;
            var step = torch.tensor(lastSteps, [count, 1, 1]).Place(layout.Device).expand(count, 1, outputs.size(2));
            parts.Add(Ending(outputs).gather(1, step).squeeze(1));
        }
        if (Has(TextFeatures.Largest)) parts.Add(Ending(_largest));
        if (Has(TextFeatures.Mean))
        {
            var numbers = new float[count];
            for (var i = 0; i < count; i++) numbers[i] = layout.Lengths[remaining + i] - layout.Starts[remaining + i];
            parts.Add(Ending(_sum) / torch.tensor(numbers, [count, 1]).Place(layout.Device));
        }
        // Words may all have no weight.
        if (Has(TextFeatures.Words)) parts.Add(Ending(_words) / Ending(_weight).clamp(min: 1e-6));
        _finished.Push(Outlive(cat(parts, 1)));
    }

    private static Tensor Sum(Tensor? before, Tensor now) => before is null ? now : before + now;

    private static Tensor? Keep(Tensor? pooled, int texts) => texts == 0 || pooled is null ? null : Outlive(pooled.narrow(0, 0, texts));

    // Out of this chunk's scope and of the caller's, to that of the batch.
    private static Tensor Outlive(Tensor tensor) => tensor.MoveToOuterDisposeScope().MoveToOuterDisposeScope();
}
