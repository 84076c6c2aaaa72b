using DeepCourse.Data;
using DeepCourse.Tensors;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Loading;

namespace DeepCourse.Tests.Vision.Detection.Loading;

public sealed class ObjectMixUpTests : IDisposable
{
    private const int Items = 6;

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Mix_PicturesAndObjects_AreThoseOfBothPartners()
    {
        // Picture i is everywhere 2^i and holds one object of class i: a mixture tells who is in it.
        var images = torch.tensor(new float[] { 1, 2, 4, 8, 16, 32 }).view(Items, 1, 1, 1).expand(Items, 3, 2, 2).contiguous();
        var batch = new Batch<Tensor, DetectionTargets>(images, Targets(), Items);

        var mixed = ObjectMixUp<Tensor>.Mix(batch, new Random(3), spread: 0.2);

        var partners = 0;
        for (var item = 0; item < Items; item++)
        {
            var classes = new ObjectsBlock(Items).Decode(mixed.Targets, item).Select(found => found.Class).ToList();
            Assert.Equal(item, classes[0]);
            var value = mixed.Inputs[item, 0, 0, 0].item<float>();
            if (classes.Count == 1)
            {
                Assert.Equal(Math.Pow(2, item), value, 1e-5);
                continue;
            }
            partners++;
            var share = (value - Math.Pow(2, classes[1])) / (Math.Pow(2, item) - Math.Pow(2, classes[1]));
            Assert.InRange(share, 0.3 - 1e-5, 0.7 + 1e-5);
            Assert.NotEqual(item, classes[1]);
        }
        Assert.InRange(partners, 3, Items);
        Assert.Equal([Items, 2, 4], mixed.Targets.Boxes.shape);
    }

    [Fact]
    public void Mix_OfOnePicture_LeavesItAsItIs()
    {
        var targets = Targets();
        var batch = new Batch<Tensor, DetectionTargets>(
            torch.ones(1, 3, 2, 2), new(targets.Boxes.narrow(0, 0, 1), targets.Classes.narrow(0, 0, 1)), 1);

        var mixed = ObjectMixUp<Tensor>.Mix(batch, new Random(1), 0.2);

        Assert.Equal([1L], mixed.Targets.Counts.data<long>().ToArray());
        Assert.All(mixed.Inputs.ReadFloats(), value => Assert.Equal(1, value, 1e-6f));
    }

    private static DetectionTargets Targets() => new ObjectsBlock(Items).Collate(
        [.. Enumerable.Range(0, Items).Select(item => (LabeledBox[])[new(item, new(0.1f, 0.1f, 0.5f, 0.5f))])]);
}
