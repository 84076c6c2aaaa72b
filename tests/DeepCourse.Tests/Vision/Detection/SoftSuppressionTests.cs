using DeepCourse.Vision.Detection;

namespace DeepCourse.Tests.Vision.Detection;

public sealed class SoftSuppressionTests
{
    // Overlaps: first and second 1/3, second and third 1/3, first and third none, fourth like the first.
    private static readonly float[] boxes = [0, 0, 10, 10, 5, 0, 15, 10, 10, 0, 20, 10, 0, 0, 10, 10];

    [Fact]
    public void Gaussian_LowersByTheSquareOfTheOverlap()
    {
        var kept = new SoftSuppression { Sigma = 0.5 }.Apply(boxes, [0.9f, 0.8f, 0.7f, 0.5f]);

        // The second falls to 0.8 exp(-2/9) = 0.641, so the third is next, which lowers it again.
        var factor = Math.Exp(-2 / 9.0);
        Assert.Equal([0, 2, 1, 3], kept.Select(item => item.Index));
        Assert.Equal(
            [0.9, 0.7, 0.8 * factor * factor, 0.5 * Math.Exp(-2) * factor],
            kept.Select(item => (double)item.Score), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Linear_LowersAboveTheLimitOnly_AndDropsWhatFallsTooLow()
    {
        var soft = new SoftSuppression { Decay = ScoreDecay.Linear, Overlap = 0.3, LeastScore = 0.01 };
        Assert.Equal([(0, 0.9f), (2, 0.7f), (1, 0.8f * 4 / 9)], soft.Apply(boxes, [0.9f, 0.8f, 0.7f, 0.5f]), Near);
        Assert.Equal([(0, 0.9f), (1, 0.8f), (2, 0.7f)], (soft with { Overlap = 0.4 }).Apply(boxes, [0.9f, 0.8f, 0.7f, 0.5f]), Near);
    }

    [Fact]
    public void OtherClasses_AreLeftAlone_AndMostIsHeeded()
    {
        var soft = new SoftSuppression();
        float[] scores = [0.9f, 0.8f, 0.7f, 0.5f];
        Assert.Equal([(0, 0.9f), (1, 0.8f), (2, 0.7f), (3, 0.5f)], soft.Apply(boxes, scores, [1, 2, 1, 3]), Near);
        Assert.Equal([0, 2], soft.Apply(boxes, scores, most: 2).Select(item => item.Index));
        Assert.Empty(soft.Apply([], []));
        Assert.Throws<ArgumentException>(() => soft.Apply(boxes, scores, [1]));
        Assert.Throws<ArgumentException>(() => soft.Apply(boxes, [0.5f]));
    }

    [Fact]
    public void ANarrowGaussian_KeepsOfEqualBoxesOne_AndEqualScoresGoByPlace()
    {
        var kept = new SoftSuppression { Sigma = 0.01 }.Apply(boxes, [0.5f, 0.5f, 0.5f, 0.5f]);

        Assert.Equal(0, kept[0].Index);
        Assert.Equal(2, kept[1].Index);
        Assert.DoesNotContain(kept, item => item.Index == 3);
    }

    private static bool Near((int Index, float Score) a, (int Index, float Score) b) =>
        a.Index == b.Index && Math.Abs(a.Score - b.Score) < 1e-6;
}
