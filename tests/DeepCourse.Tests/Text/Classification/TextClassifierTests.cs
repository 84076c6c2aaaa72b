using DeepCourse.Optimization;
using DeepCourse.Tensors;
using DeepCourse.Text.Classification;
using DeepCourse.Text.Loading;
using DeepCourse.Text.Models;

namespace DeepCourse.Tests.Text.Classification;

public sealed class TextClassifierTests
{
    // Shorter than a chunk, its border, more than count (15), and the borders of that.
    private static readonly int[] Lengths = [7, 1, 5, 23, 15, 16, 20, 0, 21, 3, 6, 40, 39];

    [Fact]
    public void Features_AreThoseOfANaiveLoop_TextByText()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var classifier = TinyClassifiers.Random();
        var features = classifier.Features(TinyClassifiers.Batch(Lengths));
        for (var row = 0; row < Lengths.Length; row++)
            Near(Naive(classifier, TinyClassifiers.Tokens(Lengths[row], row)), features.select(0, row), $"text of {Lengths[row]} tokens");
    }

    [Fact]
    public void Logits_AreTheSameAloneAndInABatch()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var classifier = TinyClassifiers.Random();
        var logits = classifier.call(TinyClassifiers.Batch(Lengths));
        for (var row = 0; row < Lengths.Length; row++)
        {
            var alone = classifier.call(TextBatch.Of([TinyClassifiers.Tokens(Lengths[row], row)], TinyClassifiers.Padding));
            Near(alone.select(0, 0), logits.select(0, row), $"text of {Lengths[row]} tokens");
        }
    }

    [Fact]
    public void Gradients_AreThoseOfTheTextsAlone()
    {
        using var scope = NewDisposeScope();
        var classifier = TinyClassifiers.Random();
        classifier.call(TinyClassifiers.Batch(Lengths)).pow(2).sum().backward();
        var together = classifier.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter.grad!.clone());
        classifier.zero_grad();
        for (var row = 0; row < Lengths.Length; row++)
            classifier.call(TextBatch.Of([TinyClassifiers.Tokens(Lengths[row], row)], TinyClassifiers.Padding)).pow(2).sum().backward();
        foreach (var (name, parameter) in classifier.named_parameters())
            Near(parameter.grad!, together[name], name, tolerance: 1e-3);
    }

    [Theory]
    [InlineData(35, 15)]
    [InlineData(15, 15)]
    [InlineData(9, 9)]
    // Whole chunks only: 33 tokens end three tokens into a chunk.
    [InlineData(33, 13)]
    public void Gradients_ReachExactlyTheLastTokens(int length, int reached)
    {
        using var scope = NewDisposeScope();
        var classifier = TinyClassifiers.Random();
        // Every token once, so that the embedding's rows tell which places got gradients; another text stands beside.
        int[] text = [.. Enumerable.Range(2, length)];
        classifier.call(TextBatch.Of([text, [39, 39]], TinyClassifiers.Padding)).pow(2).sum().backward();
        var touched = classifier.Encoder.Table.weight!.grad!.abs().sum(1).gt(0).data<bool>().ToArray();
        Assert.Equal(
            text.Select((_, place) => place >= length - reached), text.Select(token => touched[token]));
    }

    [Fact]
    public void EarlierTokens_StillMatterForWhatIsSaid()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var classifier = TinyClassifiers.Random();
        int[] text = TinyClassifiers.Tokens(25, 1);
        int[] other = [2, 3, .. text[2..]];
        var logits = classifier.call(TextBatch.Of([text, other], TinyClassifiers.Padding)).ReadFloats();
        Assert.NotEqual(logits[0], logits[2]);
    }

    [Fact]
    public void EmptyTexts_GiveFiniteLogitsAndGradients()
    {
        using var scope = NewDisposeScope();
        var classifier = TinyClassifiers.Random();
        classifier.train();
        foreach (var batch in (TextBatch[])[TinyClassifiers.Batch(0, 4), TinyClassifiers.Batch(0), TinyClassifiers.Batch(0, 0, 0)])
        {
            classifier.zero_grad();
            var logits = classifier.call(batch);
            Assert.Equal([batch.Lengths.size(0), 2], logits.shape);
            Assert.All(logits.ReadFloats(), logit => Assert.True(float.IsFinite(logit)));
            logits.sum().backward();
            Assert.All(
                classifier.parameters().Where(parameter => parameter.grad is not null),
                parameter => Assert.All(parameter.grad!.ReadFloats(), value => Assert.True(float.IsFinite(value))));
        }
    }

    [Fact]
    public void ASingleText_CanBeLearntFrom()
    {
        using var scope = NewDisposeScope();
        var classifier = TinyClassifiers.Random();
        classifier.train();
        var before = classifier.named_buffers().First(pair => pair.name == "head.norm1.running_mean").buffer.ReadFloats();
        classifier.call(TinyClassifiers.Batch(7)).sum().backward();
        Assert.NotNull(classifier.Encoder.Table.weight!.grad);
        Assert.Equal(before, classifier.named_buffers().First(pair => pair.name == "head.norm1.running_mean").buffer.ReadFloats());
        Assert.All(classifier.modules(), module => Assert.True(module.training));
    }

    [Fact]
    public void State_EndsWithTheBatch()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var classifier = TinyClassifiers.Random();
        var expected = classifier.call(TinyClassifiers.Batch(7, 12)).ReadFloats();
        Assert.Null(classifier.Encoder.PeekState());
        // A language model that shares the encoder has read something meanwhile.
        classifier.Encoder.call(TinyClassifiers.Batch(6, 6).Tokens);
        Assert.Equal(expected, classifier.call(TinyClassifiers.Batch(7, 12)).ReadFloats());
        Assert.Null(classifier.Encoder.PeekState());
    }

    [Fact]
    public void Groups_AreEmbeddingLayersHead_AndHaveEveryParameterOnce()
    {
        using var classifier = TinyClassifiers.Random();
        var groups = ParameterGroups.Of(classifier);
        Assert.Equal(4, groups.Count);
        Assert.Same(classifier.Encoder.Table.weight, Assert.Single(groups[0]));
        Assert.Equal(4, groups[1].Count);
        Assert.Equal(classifier.parameters().Count(), groups.Count == 4 ? Enumerable.Range(0, 4).Sum(group => groups[group].Count) : 0);
    }

    [Fact]
    public void OutputDropout_IsTheHeads()
    {
        using var classifier = TinyClassifiers.Random(TinyClassifiers.Options(dropouts: AwdDropouts.None with { Output = 0.9 }));
        using var scope = NewDisposeScope();
        classifier.train();
        // Without dropout in the encoder two passes give the same features, in training as well.
        Assert.Equal(classifier.Features(TinyClassifiers.Batch(8)).ReadFloats(), classifier.Features(TinyClassifiers.Batch(8)).ReadFloats());
        var batch = TinyClassifiers.Batch(8, 9, 10);
        Assert.NotEqual(classifier.call(batch).ReadFloats(), classifier.call(batch).ReadFloats());
    }

    [Fact]
    public void ABatch_LeavesNothingBehind()
    {
        using var classifier = TinyClassifiers.Random();
        using var scope = NewDisposeScope();
        var batch = TinyClassifiers.Batch(Lengths);
        classifier.call(batch).Dispose();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 3; i++) classifier.call(batch).Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Theory]
    [InlineData(TextFeatures.Ulmfit)]
    [InlineData(TextFeatures.Topics)]
    public void WrongLengths_AreRefused(TextFeatures features)
    {
        using var scope = NewDisposeScope();
        using var classifier = TinyClassifiers.Random(TinyClassifiers.Options() with { Features = features });
        var batch = TinyClassifiers.Batch(3, 2);
        Assert.Contains("[2, 3]", Assert.Throws<ArgumentException>(
            () => classifier.call(batch with { Lengths = torch.tensor(new long[] { 4, 2 }) })).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => classifier.call(batch with { Lengths = torch.tensor(new long[] { 1 }) }));
    }

    [Theory]
    [InlineData(TextFeatures.Words)]
    [InlineData(TextFeatures.Mean | TextFeatures.Words)]
    [InlineData(TextFeatures.Last | TextFeatures.Words)]
    [InlineData(TextFeatures.Ulmfit | TextFeatures.Words)]
    public void OtherFeatures_AreThoseOfANaiveLoopToo(TextFeatures features)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var classifier = TinyClassifiers.Random(TinyClassifiers.Options() with { Features = features });
        classifier.WeighWords([.. Enumerable.Range(0, 40).Select(token => (long)(token * token))]);
        var found = classifier.Features(TinyClassifiers.Batch(Lengths));
        for (var row = 0; row < Lengths.Length; row++)
        {
            int[] text = TinyClassifiers.Tokens(Lengths[row], row);
            Tensor[] parts = [.. Naive(classifier, text).view(3, -1).unbind(0)];
            var wanted = new List<Tensor>();
            if (features.HasFlag(TextFeatures.Last)) wanted.Add(parts[0]);
            if (features.HasFlag(TextFeatures.Largest)) wanted.Add(parts[1]);
            if (features.HasFlag(TextFeatures.Mean)) wanted.Add(parts[2]);
            wanted.Add(NaiveWords(classifier, text));
            Near(cat(wanted, 0), found.select(0, row), $"text of {Lengths[row]} tokens");
        }
    }

    [Fact]
    public void WordWeights_AreSavedWithTheClassifier()
    {
        using var scope = NewDisposeScope();
        var classifier = TinyClassifiers.Random(TinyClassifiers.Options() with { Features = TextFeatures.Words, HiddenSize = 0 });
        classifier.WeighWords([.. Enumerable.Range(0, 40).Select(token => 1L + token)]);
        var weights = Assert.Contains("word_weights", classifier.state_dict() as IDictionary<string, Tensor>).ReadFloats();
        Assert.Equal(1e-3 / (1e-3 + (1 / 820.0)), weights[0], 1e-6);
        Assert.Equal(1e-3 / (1e-3 + (40 / 820.0)), weights[39], 1e-6);
        Assert.Equal([3L, 2], classifier.call(TinyClassifiers.Batch(4, 3, 9)).shape);
        Assert.Throws<ArgumentException>(() => classifier.WeighWords([1]));
        Assert.Throws<InvalidOperationException>(() => TinyClassifiers.Random().WeighWords([1]));
    }

    [Theory]
    [InlineData(TextFeatures.Topics)]
    [InlineData(TextFeatures.Mean | TextFeatures.Words | TextFeatures.Topics)]
    public void Topics_AreThePlaceOfTheWholeText(TextFeatures features)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var classifier = TinyClassifiers.Random(TinyClassifiers.Options() with { Features = features, TopicCount = 3 });
        Assert.All(classifier.Features(TinyClassifiers.Batch(4)).select(0, 0)[^3..].ReadFloats(), value => Assert.Equal(0, value));
        var semantics = TinyClassifiers.Topics();
        classifier.UseTopics(semantics);

        var found = classifier.Features(TinyClassifiers.Batch(Lengths));

        Assert.Equal(features == TextFeatures.Topics ? 3 : 11, found.size(1));
        for (var row = 0; row < Lengths.Length; row++)
            Near(tensor(semantics.PlaceOf(TinyClassifiers.Tokens(Lengths[row], row))), found.select(0, row)[^3..], $"text of {Lengths[row]} tokens");
        // What stands before them is what it would be alone.
        if (features == TextFeatures.Topics) return;
        var without = TinyClassifiers.Random(TinyClassifiers.Options() with { Features = features & ~TextFeatures.Topics });
        without.Encoder.load_state_dict(classifier.Encoder.state_dict());
        Near(without.Features(TinyClassifiers.Batch(Lengths)).reshape(-1), found.narrow(1, 0, 8).reshape(-1), "the others");
    }

    [Fact]
    public void Topics_ThatDoNotFitAreRefused()
    {
        using var classifier = TinyClassifiers.Random(TinyClassifiers.Options() with { Features = TextFeatures.Topics, TopicCount = 4 });
        Assert.Contains("3 directions of 40 words for 4 topics", Assert.Throws<ArgumentException>(() => classifier.UseTopics(TinyClassifiers.Topics())).Message, StringComparison.Ordinal);
        using var other = TinyClassifiers.Random();
        Assert.Throws<InvalidOperationException>(() => other.UseTopics(TinyClassifiers.Topics()));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextClassifier(TinyClassifiers.Options() with { TopicCount = 0 }));
    }

    // The mean of the embedded words among the tokens that count.
    private static Tensor NaiveWords(TextClassifier classifier, int[] text)
    {
        var options = classifier.Options;
        var first = 0;
        while (text.Length - first * options.ChunkLength > options.MaxLength) first++;
        var (sum, total) = (zeros(options.Encoder.EmbeddingSize), 0.0);
        foreach (var token in text[Math.Min(text.Length, first * options.ChunkLength)..])
        {
            var share = token * token / (double)Enumerable.Range(0, 40).Sum(other => other * other);
            var weight = 1e-3 / (1e-3 + share);
            sum += classifier.Encoder.Table.weight![token].detach() * weight;
            total += weight;
        }
        return total == 0 ? sum : sum / total;
    }

    // One text, all of its outputs kept, and then the pooling as its definition says.
    private static Tensor Naive(TextClassifier classifier, int[] text)
    {
        var options = classifier.Options;
        if (text.Length == 0) return zeros(3 * options.Encoder.EmbeddingSize);
        classifier.Encoder.ResetState();
        var outputs = text.Chunk(options.ChunkLength)
            .Select(chunk => classifier.Encoder.call(torch.tensor(chunk.Select(token => (long)token).ToArray()).unsqueeze(0)).Raw.squeeze(0))
            .ToArray();
        classifier.Encoder.ResetState();
        var first = 0;
        while (text.Length - first * options.ChunkLength > options.MaxLength) first++;
        var counting = cat(outputs[first..], 0);
        return cat([counting.select(0, counting.size(0) - 1), counting.max(0).values, counting.mean([0])], 0);
    }

    private static void Near(Tensor expected, Tensor actual, string what, double tolerance = 1e-5)
    {
        var (e, a) = (expected.ReadNumbers(), actual.ReadNumbers());
        Assert.Equal(e.Length, a.Length);
        for (var i = 0; i < e.Length; i++)
            Assert.True(Math.Abs(e[i] - a[i]) <= tolerance * Math.Max(1, Math.Abs(e[i])), $"{what} [{i}]: {e[i]}, but {a[i]}");
    }
}
