using DeepCourse.Tensors;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision.Detection;

/// <summary>Round trips over random numbers, in both directions where a coding has one number for each box.</summary>
public sealed class BoxCodingTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly AnchorGrid _points = AnchorGrid.Points(8, 16);
    private readonly AnchorGrid _shapes = AnchorGrid.Strided([16, 32], 1.5, [1, 1.4], [0.5, 2]);

    public static TheoryData<string> Names => [.. Codings.Keys];

    private static Dictionary<string, IBoxCoding> Codings { get; } = new()
    {
        ["tanh"] = new TanhCoding(),
        ["ssd"] = OffsetCoding.Ssd,
        ["retinanet"] = OffsetCoding.RetinaNet,
        ["yolo"] = new YoloCoding(),
        ["distance"] = new DistanceCoding(),
        ["distribution"] = new DistributionCoding(Bins: 6),
    };

    public void Dispose()
    {
        _points.Dispose();
        _shapes.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Encode_OfWhatWasDecoded_IsTheSame(string name)
    {
        var (coding, anchors) = (Codings[name], AnchorsFor(name));
        for (var seed = 0; seed < 20; seed++)
        {
            using var scope = NewDisposeScope();
            manual_seed(seed);
            var raw = randn(3, anchors.Count, coding.Channels, dtype: ScalarType.Float64);
            var boxes = coding.Decode(raw, anchors);
            Assert.Equal([3, anchors.Count, 4], boxes.shape);
            Assert.True(boxes.narrow(-1, 2, 2).gt(boxes.narrow(-1, 0, 2)).all().item<bool>());
            var again = coding.Encode(boxes, anchors);
            // Many distributions have one mean; so there the boxes are what has to come back.
            if (name == "distribution") AssertNear(boxes, coding.Decode(again, anchors), 1e-6);
            else AssertNear(raw, again, 1e-7);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_HasTheGradientOfItsDifferences(string name)
    {
        var coding = Codings[name];
        var anchors = AnchorsFor(name);
        var few = new Anchors(anchors.Boxes.narrow(0, 0, 3), anchors.Cells.narrow(0, 0, 3), [new(1, 3, 1)]);
        manual_seed(1);
        GradientCheck.Of(raw => coding.Decode(raw, few) * 10, randn(2, 3, coding.Channels));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Encode_OfImpossibleBoxes_IsFinite(string name)
    {
        var (coding, anchors) = (Codings[name], AnchorsFor(name));
        var boxes = tensor(new double[] { 0, 0, 0, 0, -3, -3, 9, 9, 0.9, 0.9, 0.1, 0.1 }, [3, 1, 4]);
        var raw = coding.Encode(boxes.expand(3, anchors.Count, 4), anchors);
        Assert.True(raw.isfinite().all().item<bool>());
        Assert.True(coding.Decode(raw * 1000, anchors).isfinite().all().item<bool>());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AnotherNumberOfAnchorsOrValues_IsRefused(string name)
    {
        var (coding, anchors) = (Codings[name], AnchorsFor(name));
        Assert.Throws<ShapeException>(() => coding.Decode(zeros(2, anchors.Count + 1, coding.Channels), anchors));
        Assert.Throws<ShapeException>(() => coding.Decode(zeros(2, anchors.Count, coding.Channels + 1), anchors));
        Assert.Throws<ShapeException>(() => coding.Encode(zeros(2, anchors.Count, 5), anchors));
    }

    [Fact]
    public void Tanh_MovesHalfACell_AndGrowsByHalf()
    {
        using var grid = AnchorGrid.Course16();
        var anchors = grid.For(PixelSize.Square(224));
        AssertNear(anchors.Boxes, new TanhCoding().Decode(zeros(16, 4), anchors), 1e-6);
        var far = new TanhCoding().Decode(tensor(new float[] { 50, -50, 50, -50 }).expand(16, 4), anchors)[5].ReadNumbers();
        // Cell 5 has its middle at 0.375; the anchor is a quarter wide.
        Assert.Equal([0.5 - 0.1875, 0.25 - 0.0625, 0.5 + 0.1875, 0.25 + 0.0625], far, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Ssd_DividesByItsVariances()
    {
        var anchors = One(0.4, 0.4, 0.6, 0.6);
        var box = tensor(new float[] { 0.42f, 0.4f, 0.82f, 0.6f }, [1, 4]);
        var raw = OffsetCoding.Ssd.Encode(box, anchors).ReadNumbers();
        Assert.Equal([0.12 / 0.2 / 0.1, 0, Math.Log(2) / 0.2, 0], raw, (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void Yolo_PutsTheMiddleIntoTheCell()
    {
        var anchors = One(0.3, 0.3, 0.7, 0.7) with { Cells = tensor(new float[] { 0.2f, 0.2f }, [1, 2]) };
        var box = new YoloCoding().Decode(tensor(new float[] { 100, -100, (float)Math.Log(2), 0 }, [1, 4]), anchors);
        Assert.Equal([0.6 - 0.4, 0.4 - 0.2, 0.6 + 0.4, 0.4 + 0.2], box.ReadNumbers(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Distribution_IsTheMeanOfItsBins()
    {
        var anchors = One(0.4, 0.4, 0.6, 0.6);
        var raw = full(1, 4, 11, -100.0);
        // Half at 1 and half at 2 cells to the left; 0 up; 3 right; 10 down.
        foreach (var (side, bin) in ((int, int)[])[(0, 1), (0, 2), (1, 0), (2, 3), (3, 10)]) raw[0, side, bin] = 5;
        var box = new DistributionCoding().Decode(raw.view(1, 44), anchors).ReadNumbers();
        Assert.Equal([0.5 - 0.3, 0.5, 0.5 + 0.6, 0.5 + 2], box, (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void DistributionLoss_IsLeastAtTheEncodedBox_AndHasTheGradientOfItsDifferences()
    {
        var anchors = One(0.4, 0.4, 0.6, 0.6).To(ScalarType.Float64);
        var coding = new DistributionCoding(Bins: 5);
        var box = tensor(new double[] { 0.25, 0.1, 0.6, 0.72 }, [1, 4]);
        var best = coding.Encode(box, anchors);
        var least = coding.Each(best, box, anchors).ReadNumber();
        manual_seed(3);
        for (var i = 0; i < 20; i++)
            Assert.True(coding.Each(best + randn_like(best) * 0.1, box, anchors).ReadNumber() > least);
        GradientCheck.Of(raw => coding.Each(raw, box, anchors), randn(1, 20));
    }

    private Anchors AnchorsFor(string name) =>
        (name is "distance" or "distribution" ? _points : _shapes).For(new PixelSize(64, 48)).To(ScalarType.Float64);

    private static Anchors One(double left, double top, double right, double bottom) => new(
        tensor(new[] { (float)left, (float)top, (float)right, (float)bottom }, [1, 4]),
        tensor(new[] { (float)(right - left), (float)(bottom - top) }, [1, 2]),
        [new(1, 1, 1)]);

    private static void AssertNear(Tensor expected, Tensor actual, double tolerance)
    {
        var difference = (expected - actual).abs().max().ReadNumber();
        Assert.True(difference < tolerance, $"differs by {difference}");
    }
}
