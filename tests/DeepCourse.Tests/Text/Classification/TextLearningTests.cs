using DeepCourse.Data;
using DeepCourse.Losses;
using DeepCourse.Metrics;
using DeepCourse.Optimization;
using DeepCourse.Text.Classification;
using DeepCourse.Text.Loading;
using DeepCourse.Text.Models;
using DeepCourse.Training;

namespace DeepCourse.Tests.Text.Classification;

public sealed class TextLearningTests
{
    private const int Yes = 10;
    private const int No = 11;

    [Fact]
    public void GradualUnfreezing_LearnsWhichWordMatters()
    {
        manual_seed(5);
        using var classifier = new TextClassifier(TinyClassifiers.Options(dropouts: AwdDropouts.None) with { MaxLength = 30 });
        using var accuracy = new Accuracy();
        var loader = new Reviews();
        using var learner = Learner.Create(
            new Loaders<TextBatch, Tensor>(loader, loader), classifier, Loss.CrossEntropy, Optimizers.AdamW(), [accuracy]);

        // Nothing was pretrained, so all groups learn about as fast.
        learner.FineTuneGradually([
            new("head", -1, 2, 0.02), new("all groups", 0, 60, LearningRates.ByFactor(0.05, factor: 1.1)),
        ]);

        Assert.True(accuracy.Value > 0.95, $"{accuracy.Value}");
        Assert.Null(classifier.Encoder.PeekState());
    }

    // 24 texts of random tokens; what they are about is told by one of two words, wherever it stands.
    private sealed class Reviews : ILoader<TextBatch, Tensor>
    {
        private const int Size = 8;

        public int Count => 3;

        public int ItemCount => Count * Size;

        public IEnumerable<Batch<TextBatch, Tensor>> Batches(int epoch, int firstBatch = 0, CancellationToken cancellation = default)
        {
            for (var batch = firstBatch; batch < Count; batch++)
            {
                var random = new Random(batch);
                var texts = new int[Size][];
                for (var i = 0; i < Size; i++)
                {
                    texts[i] = [.. Enumerable.Range(0, random.Next(3, 28)).Select(_ => random.Next(12, 40))];
                    texts[i][random.Next(texts[i].Length)] = i % 2 == 0 ? No : Yes;
                }
                yield return new(
                    TextBatch.Of(texts, TinyClassifiers.Padding),
                    torch.tensor(Enumerable.Range(0, Size).Select(i => (long)(i % 2)).ToArray()), Size);
            }
        }
    }
}
