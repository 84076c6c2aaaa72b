using DeepCourse.Text.Baselines;

namespace DeepCourse.Tests.Text.Baselines;

public sealed class LogisticRegressionTests
{
    private static readonly TfIdf terms = TfIdf.Fit(new SpacedWords(), BaselineReference.Documents, new() { LongestNGram = 1 });

    [Theory]
    [InlineData("two", 2)]
    [InlineData("three", 3)]
    public void WeightsAndProbabilities_AreThoseOfScikitLearn(string name, int classes)
    {
        var expected = BaselineReference.Root.GetProperty(name);
        int[] labels = classes == 3 ? BaselineReference.Labels : [.. BaselineReference.Labels.Select(label => label == 1 ? 1 : 0)];
        var model = LogisticRegression.Fit(
            terms.Transform(BaselineReference.Documents), labels, classes, new() { C = expected.GetProperty("c").GetDouble(), Tolerance = 1e-10 });

        Assert.True(model.IsConverged, $"{model.Remaining} left after {model.Steps} steps");
        for (var each = 0; each < expected.GetProperty("weights").GetArrayLength(); each++)
        {
            var label = classes == 2 ? 1 : each;
            Assert.Equal(expected.GetProperty("intercepts")[each].GetDouble(), model.Intercept(label), 1e-4);
            for (var feature = 0; feature < terms.Count; feature++)
                Assert.Equal(expected.GetProperty("weights")[each].GetProperty(terms[feature]).GetDouble(), model.Weight(label, feature), 1e-4);
        }
        var probabilities = model.Probabilities(terms.Transform(BaselineReference.Fresh));
        for (var row = 0; row < probabilities.GetLength(0); row++)
            for (var label = 0; label < classes; label++)
                Assert.Equal(expected.GetProperty("probabilities")[row][label].GetDouble(), probabilities[row, label], 1e-5);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void TheDefaultTolerance_IsCloseToTheMinimum(int classes)
    {
        var rows = terms.Transform(BaselineReference.Documents);
        int[] labels = [.. BaselineReference.Labels.Select(label => label % classes)];
        var (usual, close) = (LogisticRegression.Fit(rows, labels, classes), LogisticRegression.Fit(rows, labels, classes, new() { Tolerance = 1e-10 }));

        Assert.InRange(usual.Steps, 2, 12);
        for (var feature = 0; feature < terms.Count; feature++) Assert.Equal(close.Weight(1, feature), usual.Weight(1, feature), 1e-4);
    }

    // The gradient of the objective at the weights found, by hand and from the outside.
    [Fact]
    public void AtTheMinimum_NothingPulls()
    {
        var rows = terms.Transform(BaselineReference.Documents);
        var model = LogisticRegression.Fit(rows, BaselineReference.Labels, 3, new() { C = 5, Tolerance = 1e-9 });
        var probabilities = model.Probabilities(rows);
        var pull = Enumerable.Range(0, terms.Count).Select(feature => model.Weight(2, feature)).ToArray();
        for (var row = 0; row < rows.Count; row++)
            for (var i = 0; i < rows.Columns(row).Length; i++)
                pull[rows.Columns(row)[i]] += 5 * rows.Values(row)[i] * (probabilities[row, 2] - (BaselineReference.Labels[row] == 2 ? 1 : 0));
        Assert.All(pull, value => Assert.Equal(0, value, 1e-6));
    }

    [Fact]
    public void TheClassifier_KnowsItsStrongestWords()
    {
        int[] labels = [.. BaselineReference.Labels.Select(label => label == 1 ? 1 : 0)];
        var classifier = TfIdfClassifier.Fit(new SpacedWords(), BaselineReference.Documents, labels);

        Assert.InRange(classifier.Accuracy(BaselineReference.Documents, labels), 0.95, 1);
        // The documents of this class were drawn with these words more often.
        Assert.NotEmpty(classifier.Strongest(1, 3).Select(each => each.Term).Intersect(["great", "bright", "fun"]));
        Assert.Equal(classifier.Strongest(1, 5).OrderByDescending(each => each.Weight), classifier.Strongest(1, 5));
        Assert.Equal(-classifier.Regression.Weight(1, 0), classifier.Regression.Weight(0, 0));
    }

    [Fact]
    public void WrongInput_IsRefused()
    {
        var rows = terms.Transform(["great film", "bad film"]);

        Assert.Contains("expected 2 labels", Assert.Throws<ArgumentException>(() => LogisticRegression.Fit(rows, [1], 2)).Message, StringComparison.Ordinal);
        Assert.Contains("nothing to tell apart", Assert.Throws<ArgumentException>(() => LogisticRegression.Fit(rows, [1, 1], 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => LogisticRegression.Fit(rows, [0, 2], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => LogisticRegression.Fit(rows, [0, 1], 2, new() { C = 0 }));
        var model = LogisticRegression.Fit(rows, [0, 1], 2);
        Assert.Contains("expected rows of", Assert.Throws<ArgumentException>(() => model.Predict(new SparseRows(3, [0], [], []))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ACancelledFit_Ends()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => LogisticRegression.Fit(terms.Transform(BaselineReference.Documents), BaselineReference.Labels, 3, cancellation: stop.Token));
    }
}
