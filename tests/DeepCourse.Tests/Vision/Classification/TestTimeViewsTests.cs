using DeepCourse.Data;
using DeepCourse.Losses;
using DeepCourse.Metrics;
using DeepCourse.Optimization;
using DeepCourse.Tensors;
using DeepCourse.Training;
using DeepCourse.Vision.Classification;
using DeepCourse.Vision.Datasets;

namespace DeepCourse.Tests.Vision.Classification;

public sealed class TestTimeViewsTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public TestTimeViewsTests() => manual_seed(9);

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Weights_AddUpToOne() => Assert.All(
        (IReadOnlyList<PictureView>[])[PictureViews.Plain, PictureViews.Mirrored, PictureViews.MirroredAndMoved],
        views => Assert.Equal(1, views.Sum(view => view.Weight), 1e-12));

    [Fact]
    public void Move_IsACropOfTheReflectedPicture()
    {
        var images = randn(2, 3, 6, 7);
        var padded = functional.pad(images, (1, 1, 1, 1), PaddingModes.Reflect);

        Assert.Equal(padded.narrow(2, 0, 6).narrow(3, 0, 7).ReadFloats(), PictureViews.Move(images, 1).ReadFloats());
        Assert.Equal(padded.narrow(2, 2, 6).narrow(3, 2, 7).ReadFloats(), PictureViews.Move(images, -1).ReadFloats());
    }

    [Fact]
    public void Validation_SeesTheMeanOfTheViews_TrainingDoesNot()
    {
        using var pictures = PaintedPatterns.Paint(30, size: 18);
        using var test = new PictureLoader(pictures, pictures.Statistics(), new(20));
        using var network = new SpeedNet(new SpeedNetOptions().Scaled(4));
        network.Whitening!.Learn(test.Batches(0).First().Inputs);
        using var plain = new OutputCollector();
        using var averaged = new OutputCollector();
        using var learner = Learner.Create(
            new Loaders<Tensor, Tensor>(test, test), network, Loss.CrossEntropy, Optimizers.Sgd(),
            [plain, new TestTimeViews(network, PictureViews.Mirrored), averaged, new Accuracy()]);

        var validation = learner.Validate();

        network.eval();
        var images = cat(test.Batches(0).Select(batch => batch.Inputs).ToArray(), 0);
        using var frozen = no_grad();
        var (own, mirrored) = (network.call(images), network.call(images.flip(3)));
        Assert.True(plain.Outputs().allclose(own, rtol: 1e-3, atol: 1e-5), "what came before the views is not the plain output");
        Assert.True(averaged.Outputs().allclose((own + mirrored) / 2, rtol: 1e-3, atol: 1e-5), "what comes after the views is not their mean");
        var right = averaged.Outputs().argmax(1).eq(pictures.Labels).to_type(ScalarType.Float64).mean().ReadNumber();
        Assert.Equal(right, validation.Value("accuracy"), 1e-6);
    }

    [Fact]
    public void FrozenWhitening_LearnsInTheFirstEpochsOnly()
    {
        using var pictures = PaintedPatterns.Paint(20, size: 18);
        using var loader = new PictureLoader(pictures, pictures.Statistics(), new(10));
        using var network = new SpeedNet(new SpeedNetOptions().Scaled(4));
        var whitening = network.Whitening!;
        whitening.Learn(loader.Batches(0).First().Inputs);
        var biases = new List<double>();
        using var learner = Learner.Create(
            new Loaders<Tensor, Tensor>(loader, loader), network, Loss.CrossEntropy, Optimizers.Muon(0.1, 1, 1),
            [new FrozenWhitening(whitening, epochs: 1), new AfterEpochs(() => biases.Add(whitening.parameters().Single().abs().sum().ReadNumber()))]);

        learner.Fit(3);

        Assert.NotEqual(0, biases[0]);
        Assert.Equal(biases[0], biases[2]);
        Assert.True(whitening.Learns);
    }

    private sealed class AfterEpochs(Action act) : Callback
    {
        protected internal override void AfterEpoch(Run run) => act();
    }
}
