using DeepCourse.Data;
using DeepCourse.Tensors;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Loading;
using DeepCourse.Vision.Transforms;

namespace DeepCourse.Tests.Vision.Detection.Loading;

public sealed class LabelLoadingTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void ToLabels_SaysWhichClassesThereAre_HoweverOftenAndWhereverTheSlots()
    {
        var classes = torch.tensor(new long[] { 2, -1, 2, 0, -1, -1, -1, -1, -1, -1, 3, 1 }, [3, 4]);
        var labels = new DetectionTargets(torch.zeros(3, 4, 4), classes).ToLabels(4);
        Assert.Equal([1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1], labels.ReadFloats());
        Assert.Equal((ScalarType.Float32, "[3, 4]"), (labels.dtype, labels.ShapeText()));
    }

    [Fact]
    public void ForLabels_GivesTheClassesOfEachPicture()
    {
        using var set = new PaintedSet(4, withEmpty: true);
        var data = new DetectionData(new SquashResize(new(40, 30)));
        using var loaders = data.Load(set.Images, set.Images, new LoaderOptions(3)).ForLabels(PaintedSet.Classes);

        var batches = loaders.Validation.Batches(0).ToList();

        Assert.Equal((2, 4), (loaders.Validation.Count, loaders.Validation.ItemCount));
        Assert.Equal([0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1], batches.SelectMany(batch => batch.Targets.ReadFloats()).ToArray());
        Assert.Equal([3, 3, 30, 40], batches[0].Inputs.shape);
    }
}
