using DeepCourse.Data;
using DeepCourse.Losses;
using DeepCourse.Metrics;
using DeepCourse.Optimization;
using DeepCourse.Tensors;
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

    [Fact]
    public void FitHead_FindsTheBestLogisticRegression()
    {
        const double C = 3;
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var options = TinyClassifiers.Options() with { Features = TextFeatures.Mean | TextFeatures.Words | TextFeatures.Topics, TopicCount = 3, HiddenSize = 0 };
        using var classifier = TinyClassifiers.Random(options);
        classifier.UseTopics(TinyClassifiers.Topics());
        var texts = new Reviews();

        classifier.FitHead(texts, C);

        var batches = texts.Batches(0).ToArray();
        var x = cat([.. batches.Select(batch => classifier.Features(batch.Inputs))], 0).to(float64);
        var wrong = cat([.. batches.Select(batch => functional.softmax(classifier.call(batch.Inputs).to(float64), 1).select(1, 1) - batch.Targets)], 0);
        // As the fit sees them: around their mean, each feature's numbers with one scale, that of topics twice the others'.
        var centred = x - x.mean([0], keepdim: true);
        var scale = cat([.. centred.split([4L, 4, 3], 1).Select((block, i) => (block.square().sum(1).mean().rsqrt() * (i == 2 ? 1 : 0.5)).expand(block.size(1)))], 0);
        var layer = classifier.named_parameters().Single(pair => pair.name == "head.linear1.weight").parameter.to(float64);
        var weights = (layer[1] - layer[0]) / scale;
        // At the best point the errors' pull and that of the penalty cancel out (Hastie, Tibshirani and Friedman 2009, section 4.4).
        var gradient = (C * (wrong.unsqueeze(1) * centred * scale).sum([0L])) + weights;
        Assert.True(gradient.abs().max().item<double>() < 1e-3, $"{gradient.abs().max().item<double>()}");
        Assert.Equal(0, wrong.sum().item<double>(), 1e-3);
        Assert.True(weights.abs().max().item<double>() > 0.1);
    }

    [Fact]
    public void FitHead_ByTopicsAloneReadsNoOrder()
    {
        using var classifier = TinyClassifiers.Random(TinyClassifiers.Options() with { Features = TextFeatures.Topics, TopicCount = 3, HiddenSize = 0 });
        // Two words that stand at the ends of a direction.
        var rows = new float[40 * 3];
        (rows[Yes * 3], rows[No * 3]) = (1, -1);
        classifier.UseTopics(new(40, 3, rows));
        var reads = 0;
        classifier.Encoder.Table.register_forward_hook((_, _, output) =>
        {
            reads++;
            return output;
        });
        classifier.FitHead(new Reviews());
        using var scope = NewDisposeScope();
        foreach (var batch in new Reviews().Batches(0))
        {
            var scores = classifier.call(batch.Inputs);
            Assert.Equal(batch.Targets.data<long>().ToArray(), scores.argmax(1).data<long>().ToArray());
            Assert.Equal(scores.ReadFloats(), classifier.call(batch.Inputs.Reversed()).ReadFloats(), (a, b) => Math.Abs(a - b) < 1e-5);
        }
        Assert.Equal(0, reads);
        using var other = TinyClassifiers.Random();
        Assert.Throws<InvalidOperationException>(() => other.FitHead(new Reviews()));
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
