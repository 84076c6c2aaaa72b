using DeepCourse.Data;
using DeepCourse.Vision.Backbones;

namespace DeepCourse.Tests.Vision.Backbones;

public class BackboneFeaturesTests
{
    private const int Items = 7;

    [Fact]
    public void Values_AreWhatTheNetworkMakesOfEveryPicture()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Network();
        using var features = Compute(network, variants: 1);

        using var noGradient = torch.no_grad();
        var expected = network.call(new Pictures().Batches(0).Aggregate((Tensor?)null, (all, batch) =>
            all is null ? batch.Inputs : torch.cat([all, batch.Inputs]))!);

        Assert.Equal(expected.shape, features.Values.shape);
        Assert.True((features.Values.to(ScalarType.Float32) - expected).abs().max().ToSingle() < 2e-3);
        Assert.True(network.training);
    }

    [Fact]
    public void Load_OfVariants_MeetsEachPictureOnceAnEpoch_WithItsOwnTarget()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Network();
        using var features = Compute(network, variants: 3);
        var loader = features.Load(new(BatchSize: 3) { Sampler = Sampler.Shuffled, Seed = 5 });

        var first = loader.Batches(0).ToList();

        Assert.Equal((3, Items), (loader.Count, loader.ItemCount));
        Assert.Equal([3, 3, 1], first.Select(batch => batch.Size));
        // The target of item i in variant v is 100 v + i, and its picture is filled with it.
        var targets = Numbers(first);
        Assert.Equal(Enumerable.Range(0, Items), targets.Select(target => (int)target % 100).Order());
        Assert.True(targets.Select(target => (int)target / 100).Distinct().Count() > 1);
        foreach (var batch in first)
        {
            using var noGradient = torch.no_grad();
            var pictures = batch.Targets.view(-1, 1, 1, 1).expand(-1, 3, 4, 4) / 100;
            Assert.True((batch.Inputs - network.call(pictures)).abs().max().ToSingle() < 1e-2);
            Assert.Equal(ScalarType.Float32, batch.Inputs.dtype);
        }
    }

    [Fact]
    public void Load_IsTheSameForASeedAndAnEpoch_AlsoFromTheMiddle()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Network();
        using var features = Compute(network, variants: 2);
        var loader = features.Load(new(BatchSize: 2) { Sampler = Sampler.Shuffled, Seed = 1 });

        Assert.Equal(Numbers(loader.Batches(4)), Numbers(loader.Batches(4)));
        Assert.Equal(Numbers(loader.Batches(4)).Skip(4), Numbers(loader.Batches(4, firstBatch: 2)));
        Assert.NotEqual(Numbers(loader.Batches(4)), Numbers(loader.Batches(5)));
    }

    [Fact]
    public void Compute_LeavesNoTensorsBut_TheFeatures()
    {
        using var network = Network();
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

        var features = Compute(network, variants: 2);
        Assert.Equal(before + 2, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
        features.Dispose();

        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Compute_Cancelled_Throws()
    {
        using var network = Network();
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        Assert.Throws<OperationCanceledException>(() => BackboneFeatures.Compute(
            network, new Pictures(), targets => [targets], parts => parts[0], cancellation: cancellation.Token));
    }

    private static Sequential Network()
    {
        torch.manual_seed(3);
        return Sequential(Conv2d(3, 4, kernel_size: 3, padding: 1), ReLU());
    }

    private static BackboneFeatures<Tensor> Compute(Module<Tensor, Tensor> network, int variants) =>
        BackboneFeatures.Compute(network, new Pictures(), targets => [targets], parts => parts[0], variants);

    private static List<float> Numbers(IEnumerable<Batch<Tensor, Tensor>> batches) =>
        [.. batches.SelectMany(batch => batch.Targets.data<float>().ToArray())];

    // Picture i of epoch v is filled with (100 v + i) / 100.
    private sealed class Pictures : ILoader<Tensor, Tensor>
    {
        public int Count => 2;

        public int ItemCount => Items;

        public IEnumerable<Batch<Tensor, Tensor>> Batches(int epoch, int firstBatch = 0, CancellationToken cancellation = default)
        {
            for (var start = firstBatch * 4; start < Items; start += 4)
            {
                if (cancellation.IsCancellationRequested) yield break;
                var size = Math.Min(4, Items - start);
                var numbers = torch.arange(start, start + size).to(ScalarType.Float32) + 100 * epoch;
                yield return new(numbers.view(-1, 1, 1, 1).expand(-1, 3, 4, 4) / 100, numbers, size);
            }
        }
    }
}
