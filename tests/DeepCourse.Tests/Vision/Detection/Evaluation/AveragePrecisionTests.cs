using DeepCourse.Vision.Datasets;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Evaluation;

namespace DeepCourse.Tests.Vision.Detection.Evaluation;

public sealed class AveragePrecisionTests
{
    [Fact]
    public void OfARankingByHand_AreaAndElevenPointsAreThose()
    {
        // Right, wrong, right, right, wrong, of five objects: recall 1/5, 1/5, 2/5, 3/5, 3/5; precision 1, 1/2, 2/3, 3/4, 3/5.
        var curve = new PrecisionRecallCurve([0.9f, 0.8f, 0.7f, 0.6f, 0.5f], [true, false, true, true, false], 5);

        Assert.Equal([0.2, 0.2, 0.4, 0.6, 0.6], curve.Recall, Near);
        Assert.Equal([1, 0.5, 2 / 3.0, 0.75, 0.6], curve.Precision, Near);
        Assert.Equal([1, 0.75, 0.75, 0.75, 0.6], curve.Envelope, Near);
        Assert.Equal((0.2 * 1) + (0.4 * 0.75), curve.AveragePrecision(), 1e-12);
        // Recalls 0, 0.1, 0.2 have precision 1; 0.3, 0.4, 0.5, 0.6 have 3/4; the others none.
        Assert.Equal((3 + (4 * 0.75)) / 11, curve.AveragePrecision(PrecisionInterpolation.ElevenPoints), 1e-12);
        // 0 to 0.20 are 21 recalls, 0.21 to 0.60 are 40; 0.60 as 60 * 0.01 is no more than 3/5.
        Assert.Equal((21 + (40 * 0.75)) / 101, curve.AveragePrecision(PrecisionInterpolation.HundredAndOnePoints), 1e-12);
    }

    [Fact]
    public void WithoutObjects_ItIsNoNumber_AndWithoutFinds_Zero()
    {
        Assert.True(double.IsNaN(new PrecisionRecallCurve([0.5f], [false], 0).AveragePrecision()));
        Assert.Equal(0, new PrecisionRecallCurve([], [], 3).AveragePrecision());
        Assert.Equal(0, new PrecisionRecallCurve([], [], 3).AveragePrecision(PrecisionInterpolation.ElevenPoints));
        Assert.Throws<ArgumentException>(() => new PrecisionRecallCurve([0.5f], [], 3));
    }

    [Fact]
    public void EachObject_IsFoundOnce_ByTheBestFind()
    {
        var results = new DetectionResults();
        results.Add(
            [Find(0, 0.5f, 0, 0, 10, 10), Find(0, 0.9f, 0, 0, 10, 9), Find(0, 0.8f, 50, 50, 60, 60), Find(1, 0.7f, 0, 0, 10, 10)],
            [new(0, new(0, 0, 10, 10)), new(0, new(20, 20, 30, 30))]);
        results.Add([Find(0, 0.6f, 1, 1, 9, 9)], [new(0, new(0, 0, 10, 10)), new(1, new(40, 40, 50, 50))]);

        var precisions = AveragePrecisions.Of(results, 3);

        // In order: 0.9 right, 0.8 wrong, 0.6 right, 0.5 a duplicate, though it fits better than 0.9. Three objects.
        var first = precisions.Classes[0];
        Assert.Equal([0.9f, 0.8f, 0.6f, 0.5f], first.Curve.Scores);
        Assert.Equal([1 / 3.0, 1 / 3.0, 2 / 3.0, 2 / 3.0], first.Curve.Recall, Near);
        Assert.Equal((1 + (2 / 3.0)) / 3, first.AveragePrecision, 1e-12);
        Assert.Equal(0, precisions.Classes[1].AveragePrecision);
        Assert.True(double.IsNaN(precisions.Classes[2].AveragePrecision));
        Assert.Equal(first.AveragePrecision / 2, precisions.Mean, 1e-12);
    }

    [Fact]
    public void TheThreshold_CountsAsFound_AndMoreIsAsked()
    {
        var results = new DetectionResults();
        results.Add([Find(0, 0.9f, 0, 0, 10, 5)], [new(0, new(0, 0, 10, 10))]);

        Assert.Equal(1, AveragePrecisions.Of(results, 1, 0.5).Mean);
        Assert.Equal(0, AveragePrecisions.Of(results, 1, 0.51).Mean);
    }

    [Fact]
    public void DifficultObjectsAndCrowds_NeitherHelpNorHarm()
    {
        var results = new DetectionResults();
        results.Add(
            [Find(0, 0.9f, 100, 100, 110, 110), Find(0, 0.8f, 100, 100, 110, 110), Find(0, 0.7f, 0, 0, 10, 10), Find(0, 0.6f, 210, 210, 220, 220)],
            [new(0, new(100, 100, 110, 110), IsDifficult: true), new(0, new(0, 0, 10, 10)), new(0, new(200, 200, 300, 300), IsCrowd: true)]);

        var precisions = AveragePrecisions.Of(results, 1);

        Assert.Equal([0.7f], precisions.Classes[0].Curve.Scores);
        Assert.Equal(1, precisions.Mean);
    }

    [Fact]
    public void AClassThatIsNotInTheList_IsRefused()
    {
        var results = new DetectionResults();
        results.Add([Find(2, 0.9f, 0, 0, 1, 1)], []);
        Assert.Throws<ArgumentOutOfRangeException>(() => AveragePrecisions.Of(results, 2));
    }

    private static DetectedObject Find(int kind, float score, float left, float top, float right, float bottom) =>
        new(kind, score, new(left, top, right, bottom));

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-12;
}
