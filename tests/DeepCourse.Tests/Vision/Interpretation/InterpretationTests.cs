using DeepCourse.Tensors;
using DeepCourse.Vision.Interpretation;

namespace DeepCourse.Tests.Vision.Interpretation;

public sealed class InterpretationTests
{
    private static readonly string[] Classes = ["cat", "dog", "owl"];
    private static readonly ConfusionMatrix Matrix = ConfusionMatrix.Of(
        Classes, [0, 0, 0, 0, 1, 1, 1, 2], [0, 0, 0, 1, 1, 0, 0, 2]);

    [Fact]
    public void ConfusionMatrix_CountsAndMistakes()
    {
        Assert.Equal((8, 5.0 / 8, 2), (Matrix.Total, Matrix.Accuracy, Matrix[1, 0]));
        Assert.Equal([new("dog", "cat", 2), new("cat", "dog", 1)], Matrix.MostConfused());
        Assert.Single(Matrix.MostConfused(1));
        Assert.Equal(2, Matrix.ToFigure().Values[1, 0]);
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix(Classes, new long[2, 3]));
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.Of(Classes, [1], [1, 2]));
    }

    [Fact]
    public void ClassificationReport_EqualsHandCounts()
    {
        var report = new ClassificationReport(Matrix);
        Assert.Equal(
            (0.6, 0.75, 4L), (report.Classes[0].Precision, report.Classes[0].Recall, report.Classes[0].Support));
        Assert.Equal(2.0 / 3, report.Classes[0].F1, 12);
        Assert.Equal(0.4, report.Classes[1].F1, 12);
        Assert.Equal(((2.0 / 3) + 0.4 + 1) / 3, report.MacroF1, 12);
        Assert.Equal(((4 * 2.0 / 3) + (3 * 0.4) + 1) / 8, report.WeightedF1, 12);
        Assert.Equal("0.750", report.ToFigure().Rows[0][2]);
    }

    [Fact]
    public void ClassificationReport_ClassNeverSeenNorNamed_ShowsDashes()
    {
        var report = new ClassificationReport(ConfusionMatrix.Of(Classes, [0, 1], [0, 1]));
        Assert.Equal(["owl", "–", "–", "0.000", "0"], report.ToFigure().Rows[2]);
        Assert.Equal(1, report.MacroF1);
    }

    [Fact]
    public void TopLosses_LargestFirst()
    {
        using var scope = torch.NewDisposeScope();
        var worst = TopLosses.Of(torch.tensor(new float[] { 0.5f, 3, 0.25f, 7 }), 2);
        Assert.Equal([(3, 7.0), (1, 3.0)], worst);
        Assert.Equal(4, TopLosses.Of(torch.ones(4)).Count);
        Assert.Throws<ShapeException>(() => TopLosses.Of(torch.ones(2, 2)));
    }

    [Fact]
    public void OcclusionMap_IsHighWhereTheScoreLooks()
    {
        using var scope = torch.NewDisposeScope();
        var image = torch.ones(3, 32, 32);
        // The score is the mean of one 8 x 8 corner: rows 8 to 15, columns 16 to 23.
        using var map = OcclusionMap.Of(
            image, batch => batch.narrow(2, 8, 8).narrow(3, 16, 8).mean([1, 2, 3]), window: 8, stride: 8, batchSize: 3);
        Assert.Equal([4, 4], map.shape);
        for (var row = 0; row < 4; row++)
            for (var column = 0; column < 4; column++)
                Assert.Equal((row, column) == (1, 2) ? 1f : 0f, map[row, column].item<float>());
        Assert.Throws<ArgumentException>(() => OcclusionMap.Of(image, batch => batch, window: 40));
    }
}
