using DeepCourse.Data;

namespace DeepCourse.Tests.Text.Models;

/// <summary>A text that counts upwards by changing strides, cut into batches that follow each other.</summary>
internal sealed class TokenStream(int batches, int batchSize = 2, int steps = 4, int vocabulary = 19) : ILoader<Tensor, Tensor>
{
    public int Count => batches;

    public int ItemCount => batches * batchSize;

    public IEnumerable<Batch<Tensor, Tensor>> Batches(int epoch, int firstBatch = 0, CancellationToken cancellation = default)
    {
        for (var batch = firstBatch; batch < batches; batch++)
        {
            var all = Enumerable.Range(0, batchSize)
                .SelectMany(row => Enumerable.Range(batch * steps, steps + 1).Select(place => Token(row, place)))
                .ToArray();
            var tokens = tensor(all).view(batchSize, steps + 1);
            yield return new(tokens.narrow(1, 0, steps).contiguous(), tokens.narrow(1, 1, steps).contiguous(), batchSize);
        }
    }

    private long Token(int row, int place) => 2 + (row * 5 + place * (1 + place / 7 % 3)) % (vocabulary - 2);
}
