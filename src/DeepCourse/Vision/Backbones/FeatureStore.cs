namespace DeepCourse.Vision.Backbones;

/// <summary>Tensors that are filled batch by batch; they are in no dispose scope.</summary>
/// <param name="rows">How many items will come.</param>
internal sealed class FeatureStore(long rows) : IDisposable
{
    private long _filled;

    public Tensor? Values { get; private set; }

    public IReadOnlyList<Tensor> Targets { get; private set; } = [];

    /// <summary>The share of the items that has come.</summary>
    public double Share => (double)_filled / rows;

    public void Add(Tensor features, IReadOnlyList<Tensor> targets)
    {
        if (Values is null)
        {
            Values = Allocate(features.shape, ScalarType.Float16);
            Targets = [.. targets.Select(target => Allocate(target.shape, target.dtype))];
        }

        var count = features.shape[0];
        if (_filled + count > rows)
            throw new InvalidOperationException($"The loader announced {rows} items and gave more.");
        Values.narrow(0, _filled, count).copy_(features);
        for (var part = 0; part < Targets.Count; part++) Targets[part].narrow(0, _filled, count).copy_(targets[part]);
        _filled += count;
    }

    public void RequireFull()
    {
        if (_filled != rows) throw new InvalidOperationException($"The loader announced {rows} items and gave {_filled}.");
    }

    public void Dispose()
    {
        Values?.Dispose();
        foreach (var target in Targets) target.Dispose();
    }

    private Tensor Allocate(long[] batchShape, ScalarType type) =>
        torch.empty([rows, .. batchShape[1..]], type).DetachFromDisposeScope();
}
