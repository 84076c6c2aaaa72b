using DeepCourse.Tensors;
using DeepCourse.Vision.Backbones;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Heads;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision.Detection.Heads;

public class YoloHeadTests
{
    private static readonly FeatureLevel[] levels = [new(8, 6), new(16, 8), new(32, 10)];

    [Fact]
    public void Call_AnswersForTheAnchorsOfYoloFromCoarseToFine()
    {
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        using var head = new YoloHead(levels, classes: 4, width: 0.125);
        using var grid = AnchorGrid.Yolo();
        head.eval();
        Tensor[] maps = [torch.randn(2, 6, 8, 12), torch.randn(2, 8, 4, 6), torch.randn(2, 10, 2, 3)];
        var before = scope.DisposablesCount;

        var output = head.call(maps);

        Assert.Equal(before + 2, scope.DisposablesCount);
        var anchors = grid.For(new PixelSize(96, 64));
        Assert.Equal([2, anchors.Count, 5], output.Scores.shape);
        Assert.Equal([2, anchors.Count, 4], output.Boxes.shape);

        // What the finest map says concerns only the last anchors.
        maps[0] = torch.randn(2, 6, 8, 12);
        var other = head.call(maps);
        var coarse = anchors.Levels[0].Count + anchors.Levels[1].Count;
        Assert.Equal(output.Scores.narrow(1, 0, coarse).ReadFloats(), other.Scores.narrow(1, 0, coarse).ReadFloats());
        Assert.NotEqual(output.Scores.narrow(1, coarse, 288).ReadFloats(), other.Scores.narrow(1, coarse, 288).ReadFloats());
    }

    [Fact]
    public void FullWidth_HasYoloV3sParameters()
    {
        using var head = new YoloHead([new(8, 256), new(16, 512), new(32, 1024)], classes: 80);

        // yolov3.weights holds 62,001,757 numbers (248,007,048 bytes less the header of 20), of which the first 75
        // layers 40,620,640; both with the running means and variances.
        var all = head.parameters().Concat(head.buffers().Where(buffer => buffer.dim() > 0)).Sum(values => values.numel());

        Assert.Equal(62_001_757 - 40_620_640, all);
    }

    [Fact]
    public void Start_HoldsNoObjects()
    {
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        using var head = new YoloHead(levels, classes: 4, width: 0.125, prior: 0.02);

        var output = head.call([torch.zeros(1, 6, 8, 8), torch.zeros(1, 8, 4, 4), torch.zeros(1, 10, 2, 2)]);

        Assert.All(output.Scores.narrow(2, 0, 1).sigmoid().ReadFloats(), score => Assert.Equal(0.02f, score, 0.01f));
        Assert.All(output.Scores.narrow(2, 1, 4).sigmoid().ReadFloats(), score => Assert.Equal(0.5f, score, 0.1f));
    }

    [Fact]
    public void Weights_AllGetGradients()
    {
        using var scope = torch.NewDisposeScope();
        using var head = new YoloHead(levels, classes: 2, width: 0.125);

        var output = head.call([torch.randn(2, 6, 8, 8), torch.randn(2, 8, 4, 4), torch.randn(2, 10, 2, 2)]);
        (output.Scores.square().sum() + output.Boxes.square().sum()).backward();

        Assert.All(head.named_parameters(), each => Assert.True(each.parameter.grad is not null, each.name));
    }
}
