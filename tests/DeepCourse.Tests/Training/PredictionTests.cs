using DeepCourse.Data;
using DeepCourse.Tensors;
using DeepCourse.Training;

namespace DeepCourse.Tests.Training;

public sealed class PredictionTests
{
    [Fact]
    public void PredictItem_EncodesCollatesAndTransforms()
    {
        using var scope = NewDisposeScope();
        using var line = new LineLearner();
        var block = new Halves();
        var output = line.Learner.PredictItem(4.0, block, inputs => inputs * 10);
        var expected = line.Model.call(full(1, 1, 20.0f));
        Assert.Equal(expected.ReadFloats(), output.ReadFloats());
        Assert.Equal([1, 1], output.shape);
        Assert.True(block.Disposed);
    }

    private sealed class Halves : IBlock<double, Halves.Encoded, Tensor>
    {
        public bool Disposed { get; private set; }

        public Encoded Encode(double raw, Random random) => new(this, raw / 2);

        public double Decode(Tensor batch, int index) => batch[index, 0].ReadNumber() * 2;

        public Tensor Collate(IReadOnlyList<Encoded> items) =>
            torch.tensor(items.Select(item => (float)item.Value).ToArray()).unsqueeze(1);

        public Encoded Mock(Random random) => new(this, random.NextDouble());

        internal sealed record Encoded(Halves Owner, double Value) : IDisposable
        {
            public void Dispose() => Owner.Disposed = true;
        }
    }
}
