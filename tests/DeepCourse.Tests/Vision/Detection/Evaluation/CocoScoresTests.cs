using DeepCourse.Vision.Datasets;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Evaluation;

namespace DeepCourse.Tests.Vision.Detection.Evaluation;

public sealed class CocoScoresTests
{
    private const double Largest = 1e10;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void EveryNumber_IsThatOfTheNaiveReference(int seed)
    {
        var results = Draw(new Random(seed), pictures: 40, classes: 4);

        var scores = CocoScores.Of(results, 5);

        var all = NaiveCoco.Overlaps;
        Same(NaiveCoco.Evaluate(results, 5, 0, Largest, 100, all).Precision, scores.AveragePrecision);
        Same(NaiveCoco.Evaluate(results, 5, 0, Largest, 100, 0.5).Precision, scores.AveragePrecision50);
        Same(NaiveCoco.Evaluate(results, 5, 0, Largest, 100, 0.75).Precision, scores.AveragePrecision75);
        Same(NaiveCoco.Evaluate(results, 5, 0, 1024, 100, all).Precision, scores.AveragePrecisionSmall);
        Same(NaiveCoco.Evaluate(results, 5, 1024, 9216, 100, all).Precision, scores.AveragePrecisionMedium);
        Same(NaiveCoco.Evaluate(results, 5, 9216, Largest, 100, all).Precision, scores.AveragePrecisionLarge);
        Same(NaiveCoco.Evaluate(results, 5, 0, Largest, 1, all).Recall, scores.Recall1);
        Same(NaiveCoco.Evaluate(results, 5, 0, Largest, 10, all).Recall, scores.Recall10);
        Same(NaiveCoco.Evaluate(results, 5, 0, Largest, 100, all).Recall, scores.Recall100);
        Same(NaiveCoco.Evaluate(results, 5, 0, 1024, 100, all).Recall, scores.RecallSmall);
        Same(NaiveCoco.Evaluate(results, 5, 1024, 9216, 100, all).Recall, scores.RecallMedium);
        Same(NaiveCoco.Evaluate(results, 5, 9216, Largest, 100, all).Recall, scores.RecallLarge);
        Assert.InRange(scores.AveragePrecision, 0.05, 0.95);
        Assert.True(double.IsNaN(scores.ByClass[4]));
        Same(scores.ByClass.Take(4).Average(), scores.AveragePrecision);
        Same(scores.ByClass50.Take(4).Average(), scores.AveragePrecision50);
    }

    [Fact]
    public void OneObjectOfEachSize_IsCountedWithItsSize()
    {
        var results = new DetectionResults();
        results.Add(
            [Find(0.9f, 0, 0, 20, 20), Find(0.8f, 100, 100, 150, 150), Find(0.7f, 300, 300, 400, 400)],
            [new(0, new(0, 0, 20, 20)), new(0, new(100, 100, 150, 150)), new(0, new(200, 200, 350, 350))]);

        var scores = CocoScores.Of(results, 1);

        Assert.Equal(1, scores.AveragePrecisionSmall, 1e-12);
        Assert.Equal(1, scores.AveragePrecisionMedium, 1e-12);
        Assert.Equal(0, scores.AveragePrecisionLarge, 1e-12);
        // Two of three are found by the best two finds: recalls 0 to 0.66 are 67 of 101.
        Assert.Equal(67 / 101.0, scores.AveragePrecision, 1e-12);
        Assert.Equal(1 / 3.0, scores.Recall1, 1e-12);
        Assert.Equal(2 / 3.0, scores.Recall100, 1e-12);
    }

    [Fact]
    public void TheOutlinesArea_DecidesAboutTheSize()
    {
        var results = new DetectionResults();
        results.Add([Find(0.9f, 0, 0, 40, 40)], [new(0, new(0, 0, 40, 40), Area: 900)]);

        var scores = CocoScores.Of(results, 1);

        Assert.Equal(1, scores.AveragePrecisionSmall, 1e-12);
        Assert.True(double.IsNaN(scores.AveragePrecisionMedium));
    }

    [Fact]
    public void FindsInsideACrowd_AreNoMistakes()
    {
        var results = new DetectionResults();
        AnnotatedObject crowd = new(0, new(100, 100, 300, 300), IsDifficult: true, IsCrowd: true);
        results.Add(
            [Find(0.9f, 110, 110, 150, 150), Find(0.8f, 200, 200, 240, 240), Find(0.7f, 0, 0, 50, 50)],
            [crowd, new(0, new(0, 0, 50, 50))]);

        Assert.Equal(1, CocoScores.Of(results, 1).AveragePrecision, 1e-12);
        var without = new DetectionResults();
        without.Add(results.Pictures[0].Found, [results.Pictures[0].Truth[1]]);
        Assert.Equal(1 / 3.0, CocoScores.Of(without, 1).AveragePrecision, 1e-12);
    }

    [Fact]
    public void FiveThousandPictures_TakeSeconds()
    {
        var results = Draw(new Random(0), pictures: 5000, classes: 80, objects: 7, finds: 20);
        Assert.InRange(results.Pictures.Sum(picture => picture.Truth.Count), 30_000, 40_000);

        // Time of the processor, not of the clock: machines that run tests do other things too.
        var start = Environment.CpuUsage.TotalTime;
        var (coco, voc) = (CocoScores.Of(results, 80), AveragePrecisions.Of(results, 80));
        var map = coco.AveragePrecision + coco.AveragePrecisionSmall + coco.Recall100 + voc.Mean;

        Assert.True(double.IsFinite(map));
        Assert.InRange((Environment.CpuUsage.TotalTime - start).TotalSeconds, 0, 10);
    }

    private static void Same(double expected, double actual) => Assert.Equal(expected, actual, 1e-9);

    private static DetectedObject Find(float score, float left, float top, float right, float bottom) =>
        new(0, score, new(left, top, right, bottom));

    /// <summary>Objects of all sizes, some of them crowds or difficult, found more or less well, with mistakes and
    /// duplicates. Edges are whole pixels and scores few, so that there are ties.</summary>
    private static DetectionResults Draw(Random random, int pictures, int classes, int objects = 9, int finds = 6)
    {
        var results = new DetectionResults();
        for (var picture = 0; picture < pictures; picture++)
        {
            var truth = new List<AnnotatedObject>();
            var found = new List<DetectedObject>();
            for (var i = random.Next((2 * objects) + 2); i > 0; i--)
            {
                var (width, height) = (random.Next(8, random.Next(2) == 0 ? 40 : 160), random.Next(8, random.Next(2) == 0 ? 40 : 160));
                var box = PixelBox.FromSize(random.Next(400), random.Next(300), width, height);
                var crowd = random.Next(12) == 0;
                truth.Add(new(
                    random.Next(classes), box, crowd || random.Next(12) == 0, IsCrowd: crowd, Area: random.Next(4) == 0 ? 0.7f * box.Area : null));
                for (var copy = random.Next(3); copy > 0; copy--)
                    found.Add(new(random.Next(6) == 0 ? random.Next(classes) : truth[^1].Class, random.Next(1, 50) / 50f, Moved(random, box)));
            }
            for (var i = random.Next(finds); i > 0; i--)
                found.Add(new(random.Next(classes), random.Next(1, 30) / 50f, PixelBox.FromSize(random.Next(400), random.Next(300), random.Next(5, 150), random.Next(5, 150))));
            results.Add(found, truth);
        }
        return results;
    }

    private static PixelBox Moved(Random random, PixelBox box)
    {
        int Jitter() => random.Next(-3, 4);
        return new(box.Left + Jitter(), box.Top + Jitter(), box.Right + Jitter(), box.Bottom + Jitter());
    }
}
