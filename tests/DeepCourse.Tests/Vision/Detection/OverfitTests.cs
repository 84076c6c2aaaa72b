using DeepCourse.Data;
using DeepCourse.Optimization;
using DeepCourse.Training;
using DeepCourse.Vision.Backbones;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Evaluation;
using DeepCourse.Vision.Detection.Heads;
using DeepCourse.Vision.Detection.Necks;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision.Detection;

/// <summary>All parts of a detector together: it must be able to learn eight pictures by heart.</summary>
public sealed class OverfitTests
{
    private const int Side = 96;
    private const int Pictures = 8;
    private const int Classes = 2;

    [Fact]
    public void EightPictures_AreLearnedToAnMapOfOne()
    {
        using var scope = torch.NewDisposeScope();
        torch.random.manual_seed(9);
        var batch = Painted(new Random(9));
        var loader = new Repeated(batch, 90);
        using var grid = AnchorGrid.Points(8, 16);
        using var model = new SmallDetector();
        var anchors = grid.For(PixelSize.Square(Side));
        var coding = new DistanceCoding();
        var loss = MatchedLoss.AnchorFree(anchors, coding);
        var filter = new DetectionFilter { Overlap = 0.6 };
        using var precision = new MeanAveragePrecision<DetectionOutput>(
            Classes, output => filter.Apply(output.Scores.sigmoid(), coding.Decode(output.Boxes, anchors)));
        using var data = new Loaders<Tensor, DetectionTargets>(loader, new Repeated(batch, 1));
        using var learner = Learner.Create(data, model, loss.Of, Optimizers.AdamW(), [precision]);

        learner.FitOneCycle(1, 3e-3);

        Assert.Equal(1, learner.History.Epochs[^1].Value("map50"), 6);
    }

    /// <summary>Squares of class 0 and lying rectangles of class 1, one to three in a picture; the last one is empty.</summary>
    private static Batch<Tensor, DetectionTargets> Painted(Random random)
    {
        var images = torch.zeros(Pictures, 3, Side, Side);
        var objects = new List<LabeledBox[]>();
        for (var i = 0; i < Pictures; i++)
        {
            var boxes = new List<LabeledBox>();
            for (var k = 0; k < (i == Pictures - 1 ? 0 : 1 + (i % 3)); k++)
            {
                var (width, height) = k % 2 == 0 ? (20, 20) : (36, 16);
                // In a third of the picture of their own, so that none covers another.
                var (x, y) = ((float)random.Next(Side - width), (float)((k * Side / 3) + random.Next((Side / 3) - height)));
                images[i, k % 2].narrow(0, (long)y, height).narrow(1, (long)x, width).fill_(2);
                boxes.Add(new(k % 2, new PixelBox(x, y, x + width, y + height).ToUnit(PixelSize.Square(Side))));
            }
            objects.Add([.. boxes]);
        }
        return new(images, new ObjectsBlock(Classes).Collate(objects), Pictures);
    }

    private sealed class Repeated(Batch<Tensor, DetectionTargets> batch, int times) : ILoader<Tensor, DetectionTargets>
    {
        public int Count => times;

        public int ItemCount => times * batch.Size;

        public IEnumerable<Batch<Tensor, DetectionTargets>> Batches(int epoch, int firstBatch = 0, CancellationToken cancellation = default)
        {
            for (var i = firstBatch; i < times; i++) yield return batch;
        }
    }

    private sealed class SmallDetector : Module<Tensor, DetectionOutput>
    {
        private readonly Sequential stem;
        private readonly Sequential middle;
        private readonly FeaturePyramid neck;
        private readonly DetectionHead head;

        public SmallDetector()
            : base(nameof(SmallDetector))
        {
            stem = Sequential(
                ("conv1", Conv2d(3, 16, 3, 2, 1)), ("relu1", ReLU()), ("conv2", Conv2d(16, 32, 3, 2, 1)), ("relu2", ReLU()),
                ("conv3", Conv2d(32, 32, 3, 2, 1)), ("relu3", ReLU()));
            middle = Sequential(("conv", Conv2d(32, 32, 3, 2, 1)), ("relu", ReLU()));
            neck = new FeaturePyramid([new(8, 32), new(16, 32)], 32);
            head = new DetectionHead(neck.Levels, Classes, new() { Depth = 1, Groups = 8 });
            RegisterComponents();
        }

        public override DetectionOutput forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            var fine = stem.call(input);
            var output = head.call(neck.call([fine, middle.call(fine)]));
            return new(output.Scores.MoveToOuterDisposeScope(), output.Boxes.MoveToOuterDisposeScope());
        }
    }
}
