using DeepCourse.Tensors;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision.Detection;

/// <summary>Every matcher against loops over pictures and objects, on random objects with empty slots among them.</summary>
public sealed class MatcherTests : IDisposable
{
    private const int Seeds = 15;
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly List<AnchorGrid> _grids = [];

    public void Dispose()
    {
        foreach (var grid in _grids) grid.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [InlineData(0.4, 0.4, ForcedAnchor.Best)]
    [InlineData(0.5, 0.5, ForcedAnchor.Bipartite)]
    [InlineData(0.5, 0.4, ForcedAnchor.None)]
    [InlineData(0.3, 0.1, ForcedAnchor.Bipartite)]
    public void Overlap_EqualsTheLoops(double positive, double negative, ForcedAnchor forced)
    {
        var rule = new OverlapMatcher(positive, negative, forced);
        foreach (var grid in (AnchorGrid[])[AnchorGrid.Course16(), AnchorGrid.Course189()])
        {
            // Shaken a little: of two cells inside an object, rounding would decide which one overlaps more.
            var even = Make(grid);
            manual_seed(3);
            var anchors = even with { Boxes = even.Boxes + randn_like(even.Boxes) * 0.01 };
            var rows = NaiveMatching.Rows(anchors.Boxes);
            Compare(anchors, rule, (boxes, classes) => NaiveMatching.Overlap(rule, rows, boxes, classes));
        }
    }

    [Fact]
    public void Atss_EqualsTheLoops()
    {
        var (anchors, rule) = (Make(AnchorGrid.Strided([8, 16, 32], 4, [1], [1])), new AtssMatcher(PerLevel: 5));
        Compare(anchors, rule, (boxes, classes) => NaiveMatching.Atss(rule, anchors, boxes, classes));
    }

    [Fact]
    public void BestShape_EqualsTheLoops()
    {
        var anchors = Make(AnchorGrid.Yolo());
        Compare(anchors, new BestShapeMatcher(), (boxes, classes) => NaiveMatching.BestShape(anchors, boxes, classes));
    }

    [Fact]
    public void TaskAligned_EqualsTheLoops()
    {
        var (anchors, rule) = (Make(AnchorGrid.Points(8, 16, 32)), new TaskAlignedMatcher(Alpha: 0.5, Beta: 4, PerObject: 7));
        for (var seed = 0; seed < Seeds; seed++)
        {
            using var scope = NewDisposeScope();
            manual_seed(seed);
            var drawn = new DrawnObjects(seed, pictures: 3, slots: 6, classes: 3);
            var boxes = new DistanceCoding().Decode(randn(3, anchors.Count, 4), anchors);
            var scores = randn(3, anchors.Count, 3).sigmoid();
            var matches = rule.Of(anchors, drawn.ToTargets(), new(scores, boxes));
            for (var picture = 0; picture < 3; picture++)
            {
                var (slots, quality) = NaiveMatching.TaskAligned(
                    rule, anchors, Row(drawn.Boxes, picture), Row(drawn.Classes, picture),
                    NaiveMatching.Rows(boxes[picture]), NaiveMatching.Rows(scores[picture]));
                Assert.Equal(slots, Slots(matches, picture));
                Assert.Equal(quality, matches.Quality![picture].ReadNumbers(), (a, b) => Math.Abs(a - b) < 1e-4);
                if (picture != 1) Assert.True(slots.Distinct().Count() > 2);
            }
        }
    }

    [Fact]
    public void TaskAligned_AnObjectSmallerThanACell_HasAnAnchor()
    {
        var anchors = Make(AnchorGrid.Points(16, 32));
        var targets = new DetectionTargets(
            tensor(new float[] { 0.001f, 0.001f, 0.002f, 0.002f }, [1, 1, 4]), zeros(1, 1, ScalarType.Int64));
        var boxes = new DistanceCoding().Decode(zeros(1, anchors.Count, 4), anchors);
        var matches = new TaskAlignedMatcher().Of(anchors, targets, new(full(1, anchors.Count, 1, 0.1), boxes));
        Assert.Equal(1, matches.Objects.sum().item<long>());
        Assert.Equal(0, matches.Slots[0, 0].item<long>());
        Assert.True(matches.Quality!.isfinite().all().item<bool>());
    }

    [Fact]
    public void TaskAligned_WithoutPredictions_IsRefused() => Assert.Throws<ArgumentNullException>(
        () => new TaskAlignedMatcher().Of(Make(AnchorGrid.Points(8)), new DrawnObjects(1, 2, 3, 2).ToTargets()));

    [Fact]
    public void Matches_GiveBoxesAndClasses_AndTheAnchorWhereThereIsNothing()
    {
        var anchors = Make(AnchorGrid.Course16());
        var targets = new DetectionTargets(
            tensor(new float[] { 0, 0, 0, 0, 0.1f, 0.2f, 0.3f, 0.4f }, [1, 2, 4]), tensor(new long[] { -1, 7 }, [1, 2]));
        var slots = full([1, 16], Matches.Background, ScalarType.Int64);
        slots[0, 3] = 1;
        slots[0, 4] = Matches.Ignored;
        var matches = new Matches(slots);
        var (boxes, classes) = (matches.BoxesOf(targets, anchors), matches.ClassesOf(targets));
        Assert.Equal(targets.Boxes[0, 1].ReadFloats(), boxes[0, 3].ReadFloats());
        Assert.Equal(anchors.Boxes[5].ReadFloats(), boxes[0, 5].ReadFloats());
        Assert.Equal(7, classes[0, 3].item<long>());
        Assert.Equal(-15, classes.sum().item<long>() - 7);
        Assert.Equal(15, matches.Taught.sum().item<long>());
        Assert.Equal(1, matches.Objects.sum().item<long>());
    }

    [Fact]
    public void TargetsOfAnotherShape_AreRefused() => Assert.Throws<ShapeException>(() => OverlapMatcher.Ssd.Of(
        Make(AnchorGrid.Course16()), new(zeros(2, 3, 4), zeros(2, 4, ScalarType.Int64))));

    private static void Compare(Anchors anchors, IMatcher matcher, Func<float[][], int[], int[]> naive)
    {
        var objects = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            using var scope = NewDisposeScope();
            var drawn = new DrawnObjects(seed, pictures: 3, slots: 6, classes: 4);
            var matches = matcher.Of(anchors, drawn.ToTargets());
            for (var picture = 0; picture < drawn.Pictures; picture++)
            {
                var expected = naive(Row(drawn.Boxes, picture), Row(drawn.Classes, picture));
                Assert.Equal(expected, Slots(matches, picture));
                objects += expected.Count(slot => slot >= 0);
            }
        }
        Assert.True(objects > 0);
    }

    private Anchors Make(AnchorGrid grid)
    {
        _grids.Add(grid);
        return grid.For(new PixelSize(96, 64));
    }

    private static int[] Slots(Matches matches, int picture) =>
        [.. matches.Slots[picture].data<long>().ToArray().Select(slot => (int)slot)];

    private static T[] Row<T>(T[,] table, int row) =>
        [.. Enumerable.Range(0, table.GetLength(1)).Select(column => table[row, column])];
}
