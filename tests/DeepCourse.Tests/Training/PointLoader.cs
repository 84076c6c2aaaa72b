using DeepCourse.Data;
using DeepCourse.Tensors;

namespace DeepCourse.Tests.Training;

/// <summary>Points on the line y = 3x, shuffled anew in every epoch; tensors are made when a batch is asked
/// for.</summary>
internal sealed class PointLoader(int items, int batchSize, bool shuffle = true, double slope = 3)
    : ILoader<Tensor, Tensor>
{
    public int Count => (items + batchSize - 1) / batchSize;

    public int ItemCount => items;

    /// <summary>The epochs that were asked for, with the batch they began at.</summary>
    public List<(int Epoch, int First)> Asked { get; } = [];

    public IEnumerable<Batch<Tensor,
        Tensor>> Batches(int epoch, int firstBatch = 0, CancellationToken cancellation = default)
    {
        Asked.Add((epoch, firstBatch));
        var order = Enumerable.Range(0, items).ToArray();
        if (shuffle) new Random(Seed.Derive(7, epoch)).Shuffle(order);
        for (var start = firstBatch * batchSize; start < items; start += batchSize)
        {
            var x = order.Skip(start).Take(batchSize).Select(i => (float)(2.0 * i / items - 1)).ToArray();
            var inputs = torch.tensor(x).unsqueeze(1);
            yield return new(inputs, inputs * slope, x.Length);
        }
    }
}
