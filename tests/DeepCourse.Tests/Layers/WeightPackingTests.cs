using DeepCourse.Layers;
using DeepCourse.Tensors;
using DeepCourse.Vision.Backbones;

namespace DeepCourse.Tests.Layers;

public sealed class WeightPackingTests
{
    [Fact]
    public void AFoldedAndPackedResnet_AnswersAsBefore()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        manual_seed(4);
        using var model = new Resnet(18, classes: 5);
        model.eval();
        var images = randn(2, 3, 32, 32);
        var before = model.call(images).ReadFloats();
        NormFolding.Apply(model, images);
        var packed = WeightPacking.Apply(model);
#if SYSTEM_STACK
        Assert.Equal(20, packed);
#else
        Assert.Equal(0, packed);
#endif
        var largest = before.Max(value => Math.Abs(value));
        Assert.Equal(before, model.call(images).ReadFloats(), (a, b) => Math.Abs(a - b) < 1e-4 * largest);
    }
}
