using DeepCourse.Tensors;
using DeepCourse.Vision.Detection;

namespace DeepCourse.Tests.Vision.Detection;

public sealed class MatchedLossTests
{
    public static TheoryData<string> QualityLosses => ["varifocal", "quality focal", "quality BCE"];

    [Theory]
    [MemberData(nameof(QualityLosses))]
    public void LearnedQuality_HasTheGradientOfItsDifferences(string name)
    {
        using var scene = new LossScene(AnchorGrid.Points(16, 32));
        var loss = MatchedLoss.AnchorFree(scene.Anchors, matcher: Fixed(scene), scores: Named(name));
        scene.CheckGradients(loss, scene.Targets);
    }

    [Fact]
    public void Distribution_IsAPartOfItsOwn_WithTheGradientOfItsDifferences()
    {
        using var scene = new LossScene(AnchorGrid.Points(16, 32), values: 4 * 5);
        var loss = MatchedLoss.AnchorFree(scene.Anchors, new DistributionCoding(Bins: 5), Fixed(scene));
        Assert.Equal(["classes", "boxes", "distribution"], loss.Names);
        scene.CheckGradients(loss, scene.Targets);
    }

    [Fact]
    public void QualityTargets_StandAtTheClassOfTheObject()
    {
        using var scene = new LossScene(AnchorGrid.Points(16, 32));
        var matcher = Fixed(scene);
        var matches = matcher.Of(scene.Anchors, scene.Targets);
        var (sum, atClasses) = (0.0, 0.0);
        var spy = new ScoreLoss("spy", Look, LearnsQuality: true);
        MatchedLoss.AnchorFree(scene.Anchors, matcher: matcher, scores: spy).Of(scene.Output, scene.Targets);
        Assert.True(sum > 0);
        Assert.Equal(matches.Quality!.sum().ReadNumber(), sum, 1e-9);
        Assert.Equal(sum, atClasses, 1e-9);

        Tensor Look(Tensor logits, Tensor targets)
        {
            var classes = matches.ClassesOf(scene.Targets).clamp(min: 0).unsqueeze(-1);
            (sum, atClasses) = (targets.sum().ReadNumber(), targets.gather(-1, classes).sum().ReadNumber());
            return logits * targets;
        }
    }

    [Fact]
    public void Normaliser_IsTheNumberOfAnchorsWithAnObject()
    {
        using var scene = new LossScene(AnchorGrid.Points(16, 32));
        var matches = Fixed(scene).Of(scene.Anchors, scene.Targets);
        var loss = MatchedLoss.AnchorFree(scene.Anchors, matcher: new FixedMatcher(matches), scores: ScoreLoss.BinaryCrossEntropy);
        loss.Of(scene.Output, scene.Targets);
        var hot = zeros_like(scene.Output.Scores);
        var classes = matches.ClassesOf(scene.Targets);
        for (var picture = 0; picture < 3; picture++)
            for (var anchor = 0; anchor < scene.Anchors.Count; anchor++)
                if (classes[picture, anchor].item<long>() is >= 0 and var which)
                    hot[picture, anchor, which] = 1;
        var sum = functional.binary_cross_entropy_with_logits(scene.Output.Scores, hot, reduction: Reduction.Sum);
        Assert.Equal(sum.ReadNumber() / hot.sum().ReadNumber(), loss.Last[0].ReadNumber(), 1e-9);
    }

    [Fact]
    public void Ignored_AnchorsTeachNothing()
    {
        using var scene = new LossScene(AnchorGrid.Points(16, 32));
        var slots = full([3, scene.Anchors.Count], Matches.Background, ScalarType.Int64);
        slots[0, 2] = Matches.Ignored;
        var scores = scene.Output.Scores.clone().requires_grad_();
        MatchedLoss.AnchorFree(scene.Anchors, matcher: new FixedMatcher(new(slots)), scores: ScoreLoss.Focal())
            .Of(scene.Output with { Scores = scores }, scene.Targets).backward();
        var each = scores.grad!.abs().sum(-1);
        Assert.Equal(0, each[0, 2].ReadNumber());
        Assert.Equal(3 * scene.Anchors.Count - 1, each.gt(0).sum().item<long>());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void AnchorFree_PulledByItsGradient_FindsEveryObject(int seed)
    {
        using var scene = new LossScene(AnchorGrid.Points(4, 8), seed: seed);
        var loss = MatchedLoss.AnchorFree(scene.Anchors);
        // Free outputs in place of a network: what the loss asks for is what they become.
        using var scores = new Parameter(full_like(scene.Output.Scores, -4));
        using var boxes = new Parameter(zeros_like(scene.Output.Boxes));
        using var optimizer = optim.Adam([scores, boxes], 0.1);
        for (var step = 0; step < 150; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            loss.Of(new(scores, boxes), scene.Targets).backward();
            optimizer.step();
        }

        var found = new DistanceCoding().Decode(boxes, scene.Anchors);
        var overlaps = BoxMath.PairwiseIoU(scene.Targets.Boxes.to(ScalarType.Float64), found);
        var (targets, probabilities) = (scene.Targets, scores.sigmoid());
        for (var picture = 0; picture < 3; picture++)
        {
            if (picture == 1) Assert.True(probabilities[picture].max().ReadNumber() < 0.1);
            for (var slot = 0; slot < 4; slot++)
            {
                if (targets.Classes[picture, slot].item<long>() is not (>= 0 and var which)) continue;
                var sure = probabilities[picture].select(1, which).gt(0.5);
                Assert.True((overlaps[picture, slot] * sure).max().ReadNumber() > 0.8, $"{picture}, {slot}");
            }
        }
    }

    private static ScoreLoss Named(string name) => name switch
    {
        "varifocal" => ScoreLoss.Varifocal(),
        "quality focal" => ScoreLoss.QualityFocal(),
        _ => ScoreLoss.QualityCrossEntropy,
    };

    // What the task-aligned matcher says of the scene's own output, held while the output is moved.
    private static FixedMatcher Fixed(LossScene scene)
    {
        var coding = new DistanceCoding();
        var boxes = coding.Decode(zeros(3, scene.Anchors.Count, 4, ScalarType.Float64), scene.Anchors);
        return new(new TaskAlignedMatcher(PerObject: 4).Of(
            scene.Anchors, scene.Targets, new(scene.Output.Scores.sigmoid(), boxes)));
    }
}
