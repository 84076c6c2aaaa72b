using DeepCourse.Tensors;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision.Detection;

public sealed class DetectionFilterTests : IDisposable
{
    private static readonly float[] anchors =
    [
        0.1f, 0.1f, 0.3f, 0.3f,
        0.1f, 0.1f, 0.3f, 0.32f,
        0.6f, 0.6f, 1.2f, 0.9f,
        1.1f, 0.2f, 1.4f, 0.5f,
    ];

    private static readonly float[] probabilities = [0.9f, 0.2f, 0.8f, 0.7f, 0.04f, 0.6f, 0.99f, 0.99f];

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Apply_KeepsTheBestOfEachClass_CutToThePicture()
    {
        var found = Apply(new()).Of(0, new PixelSize(100, 200));

        Assert.Equal([(0, 0.9f), (1, 0.7f), (1, 0.6f)], found.Select(item => (item.Class, item.Score)));
        Near(new(10, 20, 30, 60), found[0].Box);
        Near(new(10, 20, 30, 64), found[1].Box);
        Near(new(60, 120, 100, 180), found[2].Box);
    }

    [Fact]
    public void Options_SayWhatIsKept()
    {
        var size = new PixelSize(1, 1);
        Assert.Equal([0, 1], Apply(new() { AcrossClasses = true }).Of(0, size).Select(item => item.Class));
        Assert.Equal([0.9f], Apply(new() { LeastScore = 0.75 }).Of(0, size).Select(item => item.Score));
        Assert.Equal([0.9f], Apply(new() { Most = 1 }).Of(0, size).Select(item => item.Score));
        Assert.Equal(5, Apply(new() { Overlap = 0.95 }).Of(0, size).Count);
        // The two best candidates are those outside of the picture.
        Assert.Empty(Apply(new() { Candidates = 2 }).Of(0, size));
        Assert.Equal([-1L], Apply(new() { LeastScore = 0.999 }).Classes.data<long>().ToArray());
    }

    [Fact]
    public void Soft_LowersScoresInsteadOfDroppingBoxes()
    {
        var found = Apply(new() { Soft = new() { Decay = ScoreDecay.Linear, Overlap = 0.5, LeastScore = 0.05 } }).Of(0, new PixelSize(1, 1));

        // Class 0: 0.9, and 0.8 less its overlap of 10/11 with that. Class 1: 0.7, 0.6, and 0.2 less 10/11.
        Assert.Equal([0.9f, 0.7f, 0.6f, 0.8f / 11], found.Select(item => item.Score), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Theory]
    [InlineData(false, 100)]
    [InlineData(true, 7)]
    public void TheTensorPath_FindsTheSame(bool acrossClasses, int most)
    {
        random.manual_seed(1);
        var low = rand(3, 60, 2) * 0.8;
        var boxes = cat([low, low + (rand(3, 60, 2) * 0.5)], -1);
        // Scores from a short list: ties.
        var scores = (rand(3, 60, 3) * 20).floor() / 20;
        scores.select(0, 2).fill_(0);
        var filter = new DetectionFilter { AcrossClasses = acrossClasses, Most = most, Candidates = 180, LeastScore = 0.3, Overlap = 0.4 };

        var (managed, tensors) = (filter.Apply(scores, boxes), filter.OnDevice(scores, boxes));

        var size = new PixelSize(10, 10);
        for (var picture = 0; picture < 3; picture++)
            Assert.Equal(managed.Of(picture, size), tensors.Of(picture, size));
        Assert.NotEmpty(managed.Of(0, size));
        Assert.Empty(managed.Of(2, size));
        Assert.Equal(0, tensors.Boxes[2].abs().sum().item<float>());
    }

    [Fact]
    public void ShapesThatDoNotFit_AreRefused()
    {
        Assert.Throws<ShapeException>(() => new DetectionFilter().Apply(zeros(1, 4), zeros(1, 4, 4)));
        Assert.Throws<ShapeException>(() => new DetectionFilter().Apply(zeros(1, 4, 2), zeros(1, 3, 4)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DetectionFilter { Most = 0 }.Apply(zeros(1, 4, 2), zeros(1, 4, 4)));
    }

    private static Detections Apply(DetectionFilter filter) =>
        filter.Apply(tensor(probabilities, [1, 4, 2]), tensor(anchors, [1, 4, 4]));

    private static void Near(PixelBox expected, PixelBox actual) =>
        Assert.Equal(expected.ToArray(), actual.ToArray(), (a, b) => Math.Abs(a - b) < 1e-4);
}
