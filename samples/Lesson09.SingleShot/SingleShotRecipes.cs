using DeepCourse.Lessons;
using DeepCourse.Vision.Backbones;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Heads;
using DeepCourse.Vision.Detection.Loading;
using DeepCourse.Vision.Detection.Necks;

namespace Lesson09.SingleShot;

/// <summary>The lesson's way from sixteen anchors to none.</summary>
internal static class SingleShotRecipes
{
    /// <summary>The course's picture side.</summary>
    private const int CourseSide = 224;

    internal static Recipe Sixteen { get; } = new(
        "16", "16 anchors", "The course's first head: one 4 x 4 grid, one anchor a cell, binary cross-entropy.",
        (body, classes) => new(body, null, new SixteenAnchors(body.Channels, classes), new(AnchorGrid.Course16(), new TanhCoding())),
        classes => new CourseLoss(null, classes))
    {
        Side = CourseSide,
        FrozenLength = 0.5,
        Length = 0.15,
        Rate = 3,
        Matcher = OverlapMatcher.Course,
    };

    internal static Recipe HundredEightyNine { get; } = Sixteen with
    {
        Key = "189",
        Title = "189 anchors",
        Lead = "The course's second head: grids of 4 x 4, 2 x 2 and 1 cell, nine anchors a cell.",
        Build = (body, classes) => new(body, null, new NineAnchorsOnThreeGrids(body.Channels, classes), new(AnchorGrid.Course189(), new TanhCoding())),
    };

    internal static Recipe Focal { get; } = HundredEightyNine with
    {
        Key = "focal",
        Title = "189 anchors, focal loss",
        Lead = "The same head; the easy background counts little (Lin et al. 2017).",
        Loss = classes => new CourseLoss(null, classes, ScoreLoss.Focal()),
    };

    internal static Recipe FineGrids { get; } = new(
        "ssd", "SSD on fine grids", "A feature pyramid with six anchors at each cell of strides 8, 16 and 32; focal loss, smooth L1 (RetinaNet).",
        (body, classes) =>
        {
            var grid = AnchorGrid.Strided([8, 16, 32], 2.5, [1, 1.41], [0.6, 1, 1.67]);
            var neck = new FeaturePyramid(body.Levels, 96);
            return new(body, neck, new DetectionHead(neck.Levels, classes, new() { Anchors = 6, Depth = 1, Groups = 12 }), new(grid, OffsetCoding.RetinaNet));
        },
        _ => MatchedLoss.RetinaNet())
    {
        Length = 0.5,
        Matcher = OverlapMatcher.RetinaNet,
    };

    internal static Recipe AnchorFree { get; } = new(
        "anchor_free", "No anchors", "NanoDet's neck and heads: every cell tells the distances to four edges; task-aligned matching, varifocal loss, generalized IoU.",
        (body, classes) => new(body, NanoDetNeck.Pretrained(), NanoDetHead.Pretrained(classes), new(AnchorGrid.Points(8, 16, 32), new DistributionCoding(NanoDetHead.PublishedBins))),
        _ => MatchedLoss.AnchorFree(coding: new DistributionCoding(NanoDetHead.PublishedBins)))
    {
        Scale = 1.3,
    };

    internal static IReadOnlyList<Recipe> All { get; } = [Sixteen, HundredEightyNine, Focal, FineGrids, AnchorFree];

    internal static LessonOption<string> Option { get; } = LessonOption.Choice(
        "--recipe", "one recipe alone, instead of the lesson's whole way", "all", ["all", .. All.Select(recipe => recipe.Key)]);

    internal static IReadOnlyList<Recipe> Chosen(LessonContext lesson) =>
        lesson.Value(Option) is "all" ? All : [Of(lesson.Value(Option))!];

    /// <summary>The recipe that a weights file names.</summary>
    internal static Recipe? Of(string key) => All.FirstOrDefault(recipe => recipe.Key == key);

}
