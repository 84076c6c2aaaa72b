using DeepCourse.Layers;
using DeepCourse.Tensors;
using DeepCourse.Vision.Backbones;

namespace DeepCourse.Tests.Layers;

public sealed class NormFoldingTests
{
    [Fact]
    public void AResnet_AnswersAsBefore_WithoutItsNormalisations()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var model = new Resnet(18, classes: 5);
        Disturb(model);
        var images = randn(2, 3, 32, 32);
        var before = Answer(model, images);
        Assert.Equal(20, NormFolding.Apply(model, images));
        Assert.Equal(before, Answer(model, images), (a, b) => Math.Abs(a - b) < 1e-4 * before.Max(value => Math.Abs(value)));
        Assert.False(model.training);
    }

    [Fact]
    public void EveryKindOfLayer_IsFolded()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        using var model = Sequential(
            Conv2d(3, 4, 3, groups: 1, bias: true), BatchNorm2d(4), ReLU(),
            Conv2d(4, 8, 3, groups: 2, bias: false), BatchNorm2d(8, affine: false), ReLU(),
            ConvTranspose2d(8, 4, 2, stride: 2), BatchNorm2d(4), Flatten(),
            Linear(4 * 8 * 8, 6, hasBias: false), BatchNorm1d(6));
        Disturb(model);
        var images = randn(3, 3, 8, 8);
        var before = Answer(model, images);
        Assert.Equal(4, NormFolding.Apply(model, images));
        Assert.Equal(before, Answer(model, images), (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.All(model.modules().OfType<Convolution>(), layer => Assert.NotNull(layer.bias));
    }

    [Fact]
    public void ANormalisationThatGetsSomethingElse_Stays()
    {
        using var scope = NewDisposeScope();
        using var model = Sequential(Conv2d(3, 4, 3), ReLU(), BatchNorm2d(4));
        Disturb(model);
        var keys = model.state_dict().Keys;
        Assert.Equal(0, NormFolding.Apply(model, randn(1, 3, 6, 6)));
        Assert.Equal(keys, model.state_dict().Keys);
    }

    [Fact]
    public void ALayerWhoseOutputIsUsedTwice_StaysAsItWas_AndTheOthersAreFolded()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var model = new Forked();
        Disturb(model);
        var images = randn(2, 3, 6, 6);
        var (before, keys) = (Answer(model, images), model.state_dict().Keys.Where(key => key.StartsWith("shared")).ToList());
        Assert.Equal(1, NormFolding.Apply(model, images));
        Assert.Equal(before, Answer(model, images), (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.Equal(keys, model.state_dict().Keys.Where(key => key.StartsWith("shared")));
    }

    [Fact]
    public void InTraining_AFoldedNormalisationNormalisesAgain()
    {
        using var scope = NewDisposeScope();
        using var model = Sequential(Conv2d(3, 4, 3), BatchNorm2d(4));
        Disturb(model);
        var images = randn(8, 3, 6, 6);
        NormFolding.Apply(model, images);
        model.train();
        // In training a folded normalisation works again: every channel gets mean 0 and variance 1.
        var means = model.call(images).mean([0, 2, 3]).ReadFloats();
        Assert.All(means, mean => Assert.Equal(0, mean, 1e-4));
    }

    private static float[] Answer(Module<Tensor, Tensor> model, Tensor images)
    {
        model.eval();
        using var frozen = no_grad();
        return model.call(images).ReadFloats();
    }

    /// <summary>Gives every normalisation something to do.</summary>
    private static void Disturb(Module model)
    {
        using var frozen = no_grad();
        foreach (var norm in model.modules().OfType<BatchNorm>())
        {
            norm.running_mean!.normal_();
            norm.running_var!.uniform_(0.5, 2);
            if (!norm.affine) continue;
            norm.weight.uniform_(0.5, 2);
            norm.bias!.normal_();
        }
    }

    private sealed class Forked : Module<Tensor, Tensor>
    {
        private readonly Conv2d shared = Conv2d(3, 4, 3, padding: 1, bias: false);
        private readonly BatchNorm2d norm = BatchNorm2d(4);
        private readonly Conv2d last = Conv2d(4, 4, 3, bias: false);
        private readonly BatchNorm2d lastNorm = BatchNorm2d(4);

        public Forked() : base(nameof(Forked)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            var x = shared.call(input);
            return lastNorm.call(last.call(norm.call(x) + x));
        }
    }
}
