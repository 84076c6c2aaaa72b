using DeepCourse.Vision;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Imaging;
using DeepCourse.Vision.Transforms;

namespace DeepCourse.Tests.Vision.Detection;

public class DetectorsTests
{
    private const string Dog = "/usr/share/darknet/data/dog.jpg";

    [SkippableFact]
    public void NanoDet_FindsBicycleDogAndTruckInThePhotographOfTheDog()
    {
        Skip.IfNot(File.Exists(Dog), $"{Dog} is not there; Debian's package 'darknet' has it");
        using var detector = Detectors.NanoDet();

        var found = detector.Predict(Image.Load(Dog));

        // What PyTorch finds with the same weights in the same photograph, shrunk with antialiasing.
        Has("bicycle", 0.684f, new(112, 127, 571, 425));
        Has("dog", 0.473f, new(131, 221, 360, 541));
        Has("truck", 0.373f, new(464, 85, 693, 165));

        void Has(string name, float score, PixelBox box)
        {
            var best = found.First(item => detector.Classes[item.Class] == name);
            Assert.Equal(score, best.Score, 0.03f);
            Assert.True(best.Box.IntersectionOverUnion(box) > 0.9, $"{name}: {best.Box}");
        }
    }

    [SkippableFact]
    public void Predict_OfPicturesOfManySizes_AnswersInTheirPixels()
    {
        Skip.IfNot(File.Exists(Dog), $"{Dog} is not there; Debian's package 'darknet' has it");
        using var detector = Detectors.NanoDet();
        var photograph = Image.Load(Dog);
        var half = photograph.Resize(new PixelSize(photograph.Width / 2, photograph.Height / 2));

        var found = detector.Predict([photograph, half, new Image(40, 30, 3)], batchSize: 2);

        Assert.Equal(3, found.Count);
        Assert.Empty(found[2]);
        var (large, small) = (found[0][0], found[1][0]);
        Assert.Equal(large.Class, small.Class);
        var doubled = new PixelBox(2 * small.Box.Left, 2 * small.Box.Top, 2 * small.Box.Right, 2 * small.Box.Bottom);
        Assert.True(large.Box.IntersectionOverUnion(doubled) > 0.9, $"{large.Box} {doubled}");
        Assert.All(found[1], item => Assert.Equal(item.Box, item.Box.Clip(half.Size)));
    }

    [Fact]
    public void Predict_ThroughPadding_UndoesIt()
    {
        using var frozen = torch.no_grad();
        var whole = new WholeFrame();
        using var detector = Detector.Of(whole, ["frame"], Resize.Pad(32));

        var found = detector.Predict(new Image(64, 32, 1));

        // The frame's box, brought back and clipped, is the picture's.
        Assert.Equal([new DetectedObject(0, 1, new(0, 0, 64, 32))], found);
        Assert.Equal([1, 3, 32, 32], whole.Shape);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void NanoDet_OfSizesThatItsStridesDoNotDivide_IsAnError(int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Detectors.NanoDet(size));

    [Fact]
    public void CocoClasses_AreEightyNames()
    {
        Assert.Equal(80, CocoClasses.Names.Distinct().Count());
        Assert.Equal(("person", "dog", "toothbrush"), (CocoClasses.Names[0], CocoClasses.Names[16], CocoClasses.Names[79]));
    }

    private sealed class WholeFrame() : Module<Tensor, Tensor>(nameof(WholeFrame)), DeepCourse.Vision.Detection.Models.IDetectionModel
    {
        public ImageStatistics Statistics => ImageStatistics.None;

        public long[] Shape { get; private set; } = [];

        public override Tensor forward(Tensor input) => input.alias();

        public Detections Detect(Tensor images, DetectionFilter filter)
        {
            Shape = images.shape;
            return new(torch.tensor([0f, 0, 1, 1], [1, 1, 4]), torch.ones(1, 1), torch.zeros(1, 1, dtype: ScalarType.Int64));
        }
    }
}
