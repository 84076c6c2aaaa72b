using DeepCourse.Tensors;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision.Detection;

/// <summary>The published losses against values worked out by hand.</summary>
public sealed class PublishedLossTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void HardNegatives_AreTheHardest_ThreeToAnObject()
    {
        var slots = tensor(new long[] { 0, -1, -1, -1, -1, -2, -1, -1, -1, -1, -1, -1 }, [2, 6]);
        var difficulty = tensor(new float[] { 9, 1, 5, 3, 4, 8, 1, 2, 3, 4, 5, 6 }, [2, 6]);
        var kept = new HardNegatives().Kept(difficulty, new(slots));
        // The picture without objects keeps three too; the ignored anchor never counts.
        Assert.Equal([1, 0, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1], kept.to(ScalarType.Float32).ReadFloats());
    }

    [Fact]
    public void Focal_Detached_HasTheSameValue_AndTheGradientOfAWeight()
    {
        var logits = randn(4, 3, dtype: ScalarType.Float64).requires_grad_();
        var targets = rand(4, 3, dtype: ScalarType.Float64).gt(0.5).to(ScalarType.Float64);
        var (through, held) = (ScoreLoss.Focal(), ScoreLoss.Focal(detached: true));
        Assert.Equal(through.Each(logits, targets).ReadNumbers(), held.Each(logits, targets).ReadNumbers(), (a, b) => Math.Abs(a - b) < 1e-12);
        held.Each(logits, targets).sum().backward();
        var p = logits.detach().sigmoid();
        var ofTruth = p * targets + (1 - p) * (1 - targets);
        var expected = (targets * 0.25 + (1 - targets) * 0.75) * (1 - ofTruth).square() * (p - targets);
        Assert.Equal(expected.ReadNumbers(), logits.grad!.ReadNumbers(), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Course_SumsOverPictures_AndDividesByClasses()
    {
        using var grid = AnchorGrid.Course16();
        var anchors = grid.For(PixelSize.Square(224));
        // One object that is exactly the sixth anchor, and a picture without any.
        var targets = new DetectionTargets(
            cat([anchors.Boxes.narrow(0, 5, 1), zeros(1, 4)]).unsqueeze(1), tensor(new long[] { 1, -1 }, [2, 1]));
        var raw = zeros(2, 16, 4);
        raw[0, 5, 0] = 50;
        raw[0, 4, 0] = 50;
        var loss = new CourseLoss(anchors, 2);
        loss.Of(new(zeros(2, 16, 3), raw), targets);
        Assert.Equal(2 * 16 * 2 * Math.Log(2) / 2, loss.Last[0].ReadNumber(), 1e-4);
        // Half a cell to the right moves two of the four edges by an eighth.
        Assert.Equal(0.125 * 2 / 4, loss.Last[1].ReadNumber(), 1e-6);
    }

    [Fact]
    public void MultiBox_CountsObjectsAndThreeBackgrounds()
    {
        using var grid = AnchorGrid.Course16();
        var anchors = grid.For(PixelSize.Square(300));
        var targets = new DetectionTargets(anchors.Boxes.narrow(0, 5, 1).unsqueeze(0), ones(1, 1, ScalarType.Int64));
        var raw = zeros(1, 16, 4);
        raw[0, 5, 2] = 3;
        var loss = new MultiBoxLoss(anchors);
        loss.Of(new(zeros(1, 16, 3), raw), targets);
        Assert.Equal(4 * Math.Log(3), loss.Last[0].ReadNumber(), 1e-5);
        Assert.Equal(3 - 0.5, loss.Last[1].ReadNumber(), 1e-5);
    }

    [Fact]
    public void Yolo_HasDarknetsGradients()
    {
        using var grid = AnchorGrid.Yolo([16]);
        var anchors = grid.For(PixelSize.Square(64)).To(ScalarType.Float64);
        // 30 x 61 pixels is the first shape; the middle (20, 34) lies in column 1, row 2.
        var box = tensor(new double[] { 5 / 64.0, 3.5 / 64, 35 / 64.0, 64.5 / 64 }, [1, 1, 4]);
        var targets = new DetectionTargets(box, ones(1, 1, ScalarType.Int64));
        var anchor = (2 * 4 + 1) * 3;
        var raw = zeros(1, anchors.Count, 4, ScalarType.Float64);
        foreach (var (value, number) in ((int, double)[])[(0, 0.3), (1, -0.2), (2, 0.4), (3, -0.5)]) raw[0, anchor, value] = number;
        raw.requires_grad_();
        var scores = zeros(1, anchors.Count, 3, ScalarType.Float64).requires_grad_();
        new YoloLoss(anchors, ignore: 1).Of(new(scores, raw), targets).backward();

        var small = 2 - 30 * 61 / 4096.0;
        double[] expected =
        [
            small * (Sigmoid(0.3) - 4 / 16.0), small * (Sigmoid(-0.2) - 2 / 16.0), small * (0.4 - 0), small * (-0.5 - 0),
        ];
        Assert.Equal(expected, raw.grad![0, anchor].ReadNumbers(), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(expected.Sum(Math.Abs), raw.grad!.abs().sum().ReadNumber(), 1e-6);
        // There is an object: -0.5; it is not of class 0: 0.5; it is of class 1: -0.5. Elsewhere there is none.
        Assert.Equal([-0.5, 0.5, -0.5], scores.grad![0, anchor].ReadNumbers());
        Assert.Equal([0.5, 0, 0], scores.grad![0, 0].ReadNumbers());
    }

    [Fact]
    public void Yolo_BackgroundThatFindsAnObject_IsNotPunished()
    {
        using var grid = AnchorGrid.Yolo([16]);
        var anchors = grid.For(PixelSize.Square(64)).To(ScalarType.Float64);
        var targets = new DetectionTargets(
            tensor(new double[] { 5 / 64.0, 3.5 / 64, 35 / 64.0, 64.5 / 64 }, [1, 1, 4]), ones(1, 1, ScalarType.Int64));
        var raw = zeros(1, anchors.Count, 4, ScalarType.Float64);
        // The same shape two columns further left of the cell below: nearly the same box.
        var near = (1 * 4 + 1) * 3;
        raw[0, near, 1] = 50;
        Assert.Equal(0, Slope(ignore: 0.7));
        Assert.Equal(0.5, Slope(ignore: 1), 1e-9);

        double Slope(double ignore)
        {
            var scores = zeros(1, anchors.Count, 3, ScalarType.Float64).requires_grad_();
            new YoloLoss(anchors, ignore).Of(new(scores, raw), targets).backward();
            return scores.grad![0, near, 0].ReadNumber();
        }
    }

    [Fact]
    public void Varifocal_AndQualityFocal_AreTheirFormulas()
    {
        var logits = tensor(new double[] { 0, 0 });
        var targets = tensor(new double[] { 0.8, 0 });
        var half = Math.Log(2);
        Assert.Equal([0.8 * half, 0.75 * 0.25 * half], ScoreLoss.Varifocal().Each(logits, targets).ReadNumbers(), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([0.09 * half, 0.25 * half], ScoreLoss.QualityFocal().Each(logits, targets).ReadNumbers(), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
