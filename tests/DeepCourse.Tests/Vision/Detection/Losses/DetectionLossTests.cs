using DeepCourse.Tensors;
using DeepCourse.Vision.Detection;

namespace DeepCourse.Tests.Vision.Detection;

/// <summary>What holds for every loss: its gradient, also without objects, and that empty slots do not matter.</summary>
public sealed class DetectionLossTests
{
    public static TheoryData<string> Names => [.. Losses.Keys];

    private static Dictionary<string, (Func<LossScene> Scene, Func<Anchors, DetectionLoss> Loss)> Losses { get; } = new()
    {
        ["course"] = (() => new(AnchorGrid.Course16()), anchors => new CourseLoss(anchors, 3)),
        ["course, background score"] = (() => new(AnchorGrid.Course16(), scores: 4), anchors => new CourseLoss(anchors, 3)),
        ["course, focal"] = (() => new(AnchorGrid.Course16()), anchors => new CourseLoss(anchors, 3, ScoreLoss.Focal())),
        ["ssd"] = (() => new(Shapes(), scores: 4), anchors => new MultiBoxLoss(anchors)),
        ["ssd, GIoU"] = (() => new(Shapes(), scores: 4), anchors => new MultiBoxLoss(anchors, boxes: BoxLoss.GeneralizedIoU)),
        ["retinanet"] = (() => new(Shapes()), anchors => MatchedLoss.RetinaNet(anchors)),
        ["retinanet, BCE and IoU"] = (() => new(Shapes()), anchors => MatchedLoss.RetinaNet(anchors, ScoreLoss.BinaryCrossEntropy, BoxLoss.IoU)),
        ["retinanet, hard negatives and L1"] = (() => new(Shapes()), anchors => MatchedLoss.RetinaNet(anchors, ScoreLoss.HardNegatives(), BoxLoss.L1)),
        ["yolo"] = (() => new(AnchorGrid.Yolo([16, 32]), scores: 4), anchors => new YoloLoss(anchors, ignore: 0.3)),
        ["yolo, DIoU"] = (() => new(AnchorGrid.Yolo([16, 32]), scores: 4), anchors => new YoloLoss(anchors, boxes: BoxLoss.DistanceIoU)),
        ["anchor-free, ATSS and focal"] = (() => new(AnchorGrid.Strided([16, 32], 2, [1], [1])), anchors => MatchedLoss.AnchorFree(
            anchors, matcher: new AtssMatcher(PerLevel: 4), scores: ScoreLoss.Focal())),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_IsTheSlope(string name)
    {
        using var scene = Losses[name].Scene();
        scene.CheckGradients(Losses[name].Loss(scene.Anchors), scene.Targets);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WithoutAnyObject_IsFinite_AndTeachesBackground(string name)
    {
        using var scene = Losses[name].Scene();
        var loss = Losses[name].Loss(scene.Anchors);
        var scores = scene.Output.Scores.clone().requires_grad_();
        var boxes = scene.Output.Boxes.clone().requires_grad_();
        loss.Of(new(scores, boxes), scene.Nothing).backward();
        Assert.True(loss.Last.All(part => double.IsFinite(part.ReadNumber())));
        Assert.True(scores.grad!.abs().sum().ReadNumber() > 0);
        Assert.Equal(0, boxes.grad?.abs().sum().ReadNumber() ?? 0);
        // The slope along one direction; each number for itself is looked at above.
        var direction = randn_like(scores);
        var slope = (Value(1e-5) - Value(-1e-5)) / 2e-5;
        Assert.Equal(slope, (scores.grad! * direction).sum().ReadNumber(), 1e-6 * Math.Max(1, Math.Abs(slope)));

        double Value(double step) =>
            loss.Of(new(scores.detach() + direction * step, boxes.detach()), scene.Nothing).ReadNumber();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EmptySlots_ChangeNothing(string name)
    {
        using var scene = Losses[name].Scene();
        var loss = Losses[name].Loss(scene.Anchors);
        var (boxes, classes) = (scene.Targets.Boxes, scene.Targets.Classes);
        var wider = new DetectionTargets(
            cat([boxes.narrow(1, 0, 2), zeros(3, 2, 4), boxes.narrow(1, 2, 2)], 1),
            cat([classes.narrow(1, 0, 2), full([3, 2], -1, ScalarType.Int64), classes.narrow(1, 2, 2)], 1));
        Assert.Equal(
            loss.Of(scene.Output, scene.Targets).ReadNumber(), loss.Of(scene.Output, wider).ReadNumber(), 1e-9);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parts_AddUp(string name)
    {
        using var scene = Losses[name].Scene();
        var loss = Losses[name].Loss(scene.Anchors);
        var sum = loss.Of(scene.Output, scene.Targets).ReadNumber();
        Assert.Equal(loss.Names.Count, loss.Last.Count);
        var weights = loss.Names.Select(part => part == "boxes" && name.StartsWith("anchor-free", StringComparison.Ordinal) ? 2.5 : 1);
        Assert.Equal(sum, loss.Last.Zip(weights, (part, weight) => part.ReadNumber() * weight).Sum(), 1e-9);
        Assert.All(loss.Last, part => Assert.True(part.ReadNumber() > 0));
    }

    [Fact]
    public void Outputs_MayCarryTheirAnchors_AndBeOfAnotherType()
    {
        using var scene = new LossScene(Shapes());
        var (own, given) = (MatchedLoss.RetinaNet(), MatchedLoss.RetinaNet(scene.Anchors));
        var single = new DetectionOutput(scene.Output.Scores.to(ScalarType.Float32), scene.Output.Boxes.to(ScalarType.Float32));
        var expected = given.Of(scene.Output, scene.Targets).ReadNumber();
        Assert.Equal(expected, own.Of(single with { Anchors = scene.Anchors }, scene.Targets).ReadNumber(), 1e-4);
        Assert.Throws<InvalidOperationException>(() => own.Of(single, scene.Targets));
    }

    [Fact]
    public void WrongShapes_AreRefused()
    {
        using var scene = new LossScene(Shapes());
        var loss = MatchedLoss.RetinaNet(scene.Anchors);
        var (scores, boxes) = (scene.Output.Scores, scene.Output.Boxes);
        Assert.Throws<ShapeException>(() => loss.Of(new(scores.narrow(1, 1, 5), boxes), scene.Targets));
        Assert.Throws<ShapeException>(() => loss.Of(new(scores, boxes.narrow(0, 0, 2)), scene.Targets));
        Assert.Throws<ShapeException>(() => loss.Of(new(scores, boxes.narrow(2, 0, 3)), scene.Targets));
        var two = new DetectionTargets(scene.Targets.Boxes.narrow(0, 0, 2), scene.Targets.Classes.narrow(0, 0, 2));
        Assert.Throws<ShapeException>(() => loss.Of(scene.Output, two));
    }

    private static AnchorGrid Shapes() => AnchorGrid.Strided([16, 32], 1.5, [1], [0.5, 2]);
}
