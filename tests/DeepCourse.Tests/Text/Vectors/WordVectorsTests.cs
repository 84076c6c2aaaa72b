using DeepCourse.Tensors;
using DeepCourse.Text.Baselines;
using DeepCourse.Text.Models;
using DeepCourse.Text.Vectors;

namespace DeepCourse.Tests.Text.Vectors;

public class WordVectorsTests
{
    private const int Topics = 6;
    private const int PerTopic = 8;
    private const int First = 2;
    private const int Words = First + (Topics * PerTopic);

    private static readonly WordVectorOptions Small = new() { Size = 8, Window = 4, FirstWord = First, Threads = 2 };

    [Fact]
    public void WordsOfATopicAreNearest()
    {
        var vectors = Topical();
        for (var word = First; word < Words; word++)
        {
            Assert.Equal(1, vectors[word].ToArray().Sum(value => value * value), 1e-4);
            Assert.All(vectors.Nearest(word, PerTopic - 1), near => Assert.Equal((word - First) / PerTopic, (near.Word - First) / PerTopic));
        }
        // Special tokens are nobody's company.
        Assert.All(vectors[0].ToArray(), value => Assert.Equal(0, value, 1e-6));
    }

    [Fact]
    public void TheSameSeedGivesTheSameVectors() => Assert.Equal(Topical()[7].ToArray(), Topical()[7].ToArray());

    [Fact]
    public void FactorsAreTheLargestEigenvectors()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var half = randn(60, 60, dtype: float64).relu();
        var matrix = half + half.t();
        var numbers = matrix.contiguous().data<double>().ToArray();
        var sparse = new SparseRows(60, [.. Enumerable.Range(0, 61).Select(row => row * 60)],
            [.. Enumerable.Range(0, 3600).Select(place => place % 60)], Array.ConvertAll(numbers, number => (float)number));

        // With room for all directions nothing is approximate.
        var found = tensor(SymmetricFactors.Of(sparse, 50, seed: 1), [60, 50]).to(float64);

        var (values, vectors) = linalg.eigh(matrix);
        var largest = values.abs().argsort(0, descending: true).narrow(0, 0, 50);
        var expected = vectors.index_select(1, largest) * values.index_select(0, largest).abs().sqrt();
        expected /= expected.norm(1, keepdim: true);
        // Directions may point either way, angles may not change.
        Assert.True((expected.mm(expected.t()) - found.mm(found.t())).abs().max().item<double>() < 1e-4);
    }

    [Fact]
    public void AddedVectorsAreTurnedTowardsTheAnchors()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        manual_seed(4);
        var vectors = Topical();
        var turn = linalg.qr(randn(8, 8)).Q;
        using var encoder = Encoder();
        var table = encoder.Table.weight!;
        // The table knows the words in another turn, three times as long, and doesn't know the last ones.
        var known = (vectors.ToTensor().mm(turn) * 3).narrow(0, 0, Words - 5);
        table.zero_();
        table.narrow(0, 0, Words - 5).copy_(known);

        vectors.AddTo(encoder, [.. Enumerable.Range(First, Words - 5 - First)]);

        var added = table - cat([known, zeros(5, 8)], 0);
        var expected = vectors.ToTensor().mm(turn);
        var directions = (added * expected).sum(1) / (added.norm(1) * expected.norm(1)).clamp(min: 1e-9);
        Assert.True(directions.narrow(0, First, Words - First).min().item<float>() > 0.98, $"{directions.narrow(0, First, Words - First).min().item<float>()}");
    }

    [Fact]
    public void WithoutAnchorsVectorsAreAsLongAsRows()
    {
        using var scope = NewDisposeScope();
        using var encoder = Encoder();
        var before = encoder.Table.weight!.detach().clone();
        var vectors = Topical();
        vectors.AddTo(encoder);
        var lengths = (encoder.Table.weight! - before).detach().norm(1).narrow(0, First, Words - First);
        var expected = (before - before.mean([0], keepdim: true)).norm(1).mean().item<float>();
        Assert.Equal(expected, lengths.min().item<float>(), 1e-4);
        Assert.Equal(expected, lengths.max().item<float>(), 1e-4);
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        using var other = new AwdLstm(new AwdLstmOptions(Words) { EmbeddingSize = 9, HiddenSize = 4, Layers = 1 });
        Assert.Contains("[50, 9]", Assert.Throws<ArgumentException>(() => Topical().AddTo(other)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => WordVectors.Of(new FewDocuments([2, 3]), 8, Small));
        Assert.Throws<ArgumentOutOfRangeException>(() => WordVectors.Of(new FewDocuments([2, 3]), 99, Small with { Smoothing = 0 }));
    }

    [Fact]
    public void CancellationEndsIt()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => WordVectors.Of(Texts(), Words, Small, cancellation: source.Token));
    }

    [Fact]
    public void CancellationInTheMiddleOfCountingEndsItToo()
    {
        using var source = new CancellationTokenSource();
        // The first round of reading finds the shares of the words, the second one counts on several threads.
        var texts = new FewDocuments([.. Enumerable.Range(0, 40).Select(_ => new[] { 3, 4, 5 })]) { AfterReading = reads => { if (reads == 50) source.Cancel(); } };
        Assert.Throws<OperationCanceledException>(() => WordVectors.Of(texts, Words, Small, cancellation: source.Token));
    }

    private static AwdLstm Encoder() => new(new AwdLstmOptions(Words) { EmbeddingSize = 8, HiddenSize = 4, Layers = 1 });

    private static WordVectors Topical() => WordVectors.Of(Texts(), Words, Small);

    // Texts about one thing each.
    private static FewDocuments Texts()
    {
        var random = new Random(11);
        return new([.. Enumerable.Range(0, 300).Select(text => Enumerable.Range(0, 20)
            .Select(place => place == 0 ? 0 : First + (text % Topics * PerTopic) + random.Next(PerTopic)).ToArray())]);
    }
}
