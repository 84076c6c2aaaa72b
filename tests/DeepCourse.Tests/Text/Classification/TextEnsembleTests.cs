using DeepCourse.Tensors;
using DeepCourse.Text.Classification;
using DeepCourse.Text.Loading;

namespace DeepCourse.Tests.Text.Classification;

public sealed class TextEnsembleTests
{
    [Fact]
    public void Reversed_TurnsTheTextsRound_AndLeavesThePadding()
    {
        using var scope = NewDisposeScope();
        var batch = TextBatch.Of([[5, 6, 7, 8], [9, 10], []], TinyClassifiers.Padding).Reversed();
        Assert.Equal([8, 7, 6, 5, 10, 9, 1, 1, 1, 1, 1, 1], batch.Tokens.data<long>().ToArray());
        Assert.Equal([4L, 2, 0], batch.Lengths.data<long>().ToArray());
    }

    [Fact]
    public void Probabilities_AreTheMeanOfBoth_TheSecondReadingBackwards()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (one, other) = (TinyClassifiers.Random(seed: 1), TinyClassifiers.Random(seed: 2));
        using var ensemble = new TextEnsemble(one, other);
        var batch = TinyClassifiers.Batch(6, 11, 3);
        int[][] turned = [.. new[] { 6, 11, 3 }.Select((length, row) => TinyClassifiers.Tokens(length, row).Reverse().ToArray())];

        var together = functional.softmax(ensemble.call(batch), 1).ReadNumbers();

        var first = functional.softmax(one.call(batch), 1).ReadNumbers();
        var second = functional.softmax(other.call(TextBatch.Of(turned, TinyClassifiers.Padding)), 1).ReadNumbers();
        Assert.Equal(first.Zip(second, (a, b) => (a + b) / 2), together, (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(together.Select(p => Math.Log(p)), ensemble.call(batch).ReadNumbers(), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void ClassifiersOfOtherClasses_AreRefused()
    {
        using var one = TinyClassifiers.Random();
        using var other = TinyClassifiers.Random(TinyClassifiers.Options() with { Classes = 3 });
        Assert.Contains("3", Assert.Throws<ArgumentException>(() => new TextEnsemble(one, other)).Message, StringComparison.Ordinal);
    }
}
