using DeepCourse.Data;

namespace DeepCourse.Vision.Detection;

/// <summary>All objects of a picture, however many: the targets of a detector.</summary>
public sealed class ObjectsBlock : IBlock<IReadOnlyList<LabeledBox>, LabeledBox[], DetectionTargets>
{
    private static readonly BoxBlock box = new();
    private readonly int _classes;

    /// <summary>Objects of so many classes.</summary>
    /// <param name="classes">The number of classes.</param>
    public ObjectsBlock(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        _classes = classes;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A class that is not in the list; a box that is empty or outside.</exception>
    public LabeledBox[] Encode(IReadOnlyList<LabeledBox> raw, Random random)
    {
        ArgumentNullException.ThrowIfNull(raw);
        return [.. raw.Select(each => each.Class >= 0 && each.Class < _classes
            ? each with { Box = UnitBox.FromArray(box.Encode(each.Box, random)) }
            : throw new ArgumentException($"expected a class in 0..{_classes - 1}, got {each.Class}", nameof(raw)))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<LabeledBox> Decode(DetectionTargets batch, int index)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = torch.NewDisposeScope();
        var boxes = batch.Boxes[index].detach().cpu().contiguous().data<float>().ToArray();
        var classes = batch.Classes[index].cpu().contiguous().data<long>().ToArray();
        return
        [
            .. from slot in Enumerable.Range(0, classes.Length)
               where classes[slot] >= 0
               select new LabeledBox((int)classes[slot], UnitBox.FromArray(boxes.AsSpan(4 * slot, 4))),
        ];
    }

    /// <inheritdoc/>
    /// <returns>Slots for the fullest picture, one at least.</returns>
    public DetectionTargets Collate(IReadOnlyList<LabeledBox[]> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var slots = Math.Max(1, items.Max(item => item.Length));
        var boxes = new float[items.Count * slots * 4];
        var classes = new long[items.Count * slots];
        Array.Fill(classes, DetectionTargets.Empty);
        for (var item = 0; item < items.Count; item++)
            for (var slot = 0; slot < items[item].Length; slot++)
            {
                var at = (item * slots) + slot;
                classes[at] = items[item][slot].Class;
                items[item][slot].Box.ToArray().CopyTo(boxes, 4 * at);
            }
        return new(torch.tensor(boxes, [items.Count, slots, 4]), torch.tensor(classes, [items.Count, slots]));
    }

    /// <inheritdoc/>
    public LabeledBox[] Mock(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return
        [
            .. Enumerable.Range(0, random.Next(4))
                .Select(_ => new LabeledBox(random.Next(_classes), UnitBox.FromArray(box.Mock(random)))),
        ];
    }
}
