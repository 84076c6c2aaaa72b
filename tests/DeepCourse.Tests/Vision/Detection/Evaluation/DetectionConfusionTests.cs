using DeepCourse.Data;
using DeepCourse.Reporting;
using DeepCourse.Vision.Datasets;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Detection.Evaluation;

namespace DeepCourse.Tests.Vision.Detection.Evaluation;

public sealed class DetectionConfusionTests
{
    private static readonly string[] classes = ["cat", "dog"];

    [Fact]
    public void EachFindAndEachObject_IsCountedOnce()
    {
        var table = DetectionConfusion.Of(Results(), classes);

        Assert.Equal(["cat", "dog", "background"], table.Classes);
        Assert.Equal(1, table[0, 0]);
        Assert.Equal(1, table[0, 1]);
        Assert.Equal(1, table[1, 2]);
        // A duplicate, and a find where nothing is.
        Assert.Equal(1, table[2, 0]);
        Assert.Equal(1, table[2, 1]);
        Assert.Equal(5, table.Total);
        Assert.Equal(6, DetectionConfusion.Of(Results(), classes, leastScore: 0.1).Total);
    }

    [Fact]
    public void TheWorstPictures_ComeFirst()
    {
        Assert.Equal([new(1, 1, 1, 1), new(0, 0, 1, 0)], DetectionConfusion.Worst(Results()));
        Assert.Equal(1, Assert.Single(DetectionConfusion.Worst(Results(), most: 1)).Picture);
    }

    [Fact]
    public void Figures_SayWhatWasMeasured()
    {
        var precisions = AveragePrecisions.Of(Results(), 2);

        var table = DetectionFigures.ByClass(precisions, classes, CocoScores.Of(Results(), 2), leastScore: 0.5);
        Assert.Equal(["class", "objects", "AP at 0.5", "AP .50 to .95", "recall at 0.5", "precision at 0.5"], table.Columns);
        // Cats: found, a duplicate, and one taken for a dog.
        Assert.Equal(["cat", "2", "0.500", "0.505", "0.500", "0.500"], table.Rows[0]);
        Assert.Equal(["dog", "1", "0.000", "0.000", "0.000", "0.000"], table.Rows[1]);
        Assert.Equal(["mean", "3", "0.250"], table.Rows[2].Take(3));
        Assert.Equal(["cat (0.500)", "dog (0.000)"], DetectionFigures.Curves(precisions, classes).Series.Select(series => series.Name));
        var report = new HtmlReport("x");
        report.Figure(DetectionFigures.Curves(precisions, classes)).Figure(table).Figure(DetectionConfusion.Of(Results(), classes).ToFigure());
        Assert.Contains("cat (0.500)", report.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Marks_AreColouredByClass_TruthBelow()
    {
        var picture = Results().Pictures[1];

        var marks = DetectionFigures.Marks(picture.Found, picture.Truth, classes, leastScore: 0.5);

        Assert.Equal([MarkKind.Truth, MarkKind.Truth, MarkKind.Truth, MarkKind.Prediction, MarkKind.Prediction], marks.Select(mark => mark.Kind));
        Assert.Equal(("dog 70 %", 1, "dog"), (marks[3].Label, marks[3].Colour, marks[3].ColourName));
        Assert.Null(DetectionFigures.Marks(picture.Found, [], classes, labels: false)[0].Label);
    }

    [Fact]
    public void LeftOut_CountsAndLists()
    {
        var table = DetectionFigures.LeftOut([new SkippedItem(0, "/a/b.xml", "line 3: an empty box"), new SkippedItem(1, "/a/c.xml", "no XML")], most: 1);

        Assert.Equal("Left out: 2", table.Title);
        Assert.Equal(["b.xml", "line 3: an empty box"], Assert.Single(table.Rows));
    }

    private static DetectionResults Results()
    {
        var results = new DetectionResults();
        PixelBox here = new(0, 0, 10, 10), there = new(50, 50, 60, 60), elsewhere = new(100, 100, 110, 110);
        results.Add([new(0, 0.9f, here), new(0, 0.8f, new(0, 0, 10, 9))], [new(0, here)]);
        results.Add(
            [new(1, 0.75f, here), new(1, 0.7f, elsewhere), new(0, 0.2f, new(200, 200, 210, 210))],
            [new(0, here), new(1, there), new(0, new(300, 300, 310, 310), IsDifficult: true)]);
        return results;
    }
}
