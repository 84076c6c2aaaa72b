using DeepCourse.Data;
using DeepCourse.Text.Corpora;
using DeepCourse.Text.Loading;

namespace DeepCourse.Tests.Text.Loading;

/// <summary>Streams of tokens: each token once, targets one further on, and the same again after a stop.</summary>
public class LanguageModelLoaderTests
{
    // Every token of the corpus has a number of its own.
    private static readonly EncodedDocuments Corpus = Make(documents: 40, seed: 3);

    public static TheoryData<bool, bool, bool> Kinds => new()
    {
        { false, false, false }, { true, false, false }, { false, true, false }, { false, false, true }, { true, true, true },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Batches_OfAnEpoch_BringEveryTokenOnceAndTargetsOneFurther(bool shuffle, bool jitter, bool backwards)
    {
        var options = new LanguageModelLoaderOptions { BatchSize = 4, Steps = 7, Shuffle = shuffle, Jitter = jitter, Backwards = backwards };
        var loader = new LanguageModelLoader(Corpus, options);

        var rows = Rows(loader, epoch: 2);

        // The rows one after the other are the stream; the last target is the only token that is no input.
        var inputs = rows.SelectMany(row => row.Inputs).ToArray();
        var targets = rows.SelectMany(row => row.Targets).ToArray();
        Assert.Equal(inputs[1..], targets[..^1]);
        Assert.Equal(inputs.Length, inputs.Distinct().Count());
        Assert.InRange(Corpus.TokenCount - inputs.Length, 1, options.BatchSize);
        Assert.Equal(inputs.Length, loader.ItemCount);
        Assert.Equal(loader.Count, Read(loader, 2).Count);
    }

    [Fact]
    public void Batches_InOrder_AreTheCorpusItself()
    {
        var rows = Rows(new(Corpus, new() { BatchSize = 3, Steps = 10 }), epoch: 5);

        Assert.All(rows.SelectMany(row => row.Inputs).Select((token, place) => (token, place)), pair => Assert.Equal(pair.place, pair.token));
    }

    [Fact]
    public void Batches_Backwards_TurnEachDocumentAround()
    {
        var documents = new EncodedDocuments([[1, 2, 3], [4, 5], [6, 7, 8, 9]], 0);

        var rows = Rows(new(documents, new() { BatchSize = 1, Steps = 2, Backwards = true }), epoch: 0);

        Assert.Equal([3, 2, 1, 5, 4, 9, 8, 7], rows[0].Inputs);
        Assert.Equal([2, 1, 5, 4, 9, 8, 7, 6], rows[0].Targets);
    }

    [Fact]
    public void Batches_Shuffled_KeepDocumentsWholeAndChangeWithTheEpoch()
    {
        var loader = new LanguageModelLoader(Corpus, new() { BatchSize = 1, Steps = 9, Shuffle = true });

        var first = Rows(loader, 0)[0].Inputs;

        Assert.NotEqual(first, Rows(loader, 1)[0].Inputs);
        Assert.Equal(first, Rows(loader, 0)[0].Inputs);
        // Only where a document ends may the next token be another than the following number.
        var breaks = Enumerable.Range(1, first.Length - 1).Count(place => first[place] != first[place - 1] + 1);
        Assert.InRange(breaks, 10, Corpus.DocumentCount);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Batches_FromTheMiddle_AreThoseThatWouldHaveCome(bool shuffle, bool jitter, bool backwards)
    {
        var options = new LanguageModelLoaderOptions { BatchSize = 4, Steps = 7, Shuffle = shuffle, Jitter = jitter, Backwards = backwards };
        var loader = new LanguageModelLoader(Corpus, options);
        var whole = Read(loader, 1);

        for (var first = 0; first <= loader.Count; first++) Assert.Equal(whole.Skip(first), Read(loader, 1, first));
    }

    [Fact]
    public void Batches_WithoutJitter_HaveOneShapeButForTheLast()
    {
        var shapes = Shapes(new(Corpus, new() { BatchSize = 4, Steps = 7 }));

        Assert.All(shapes.SkipLast(1), steps => Assert.Equal(7, steps));
        Assert.InRange(shapes[^1], 1, 7);
        Assert.All(Shapes(new(Corpus, new() { BatchSize = 4, Steps = 7, DropLast = true })), steps => Assert.Equal(7, steps));
    }

    [Fact]
    public void Batches_WithJitter_FollowTheRule()
    {
        var corpus = new EncodedDocuments([.. Enumerable.Range(0, 100).Select(_ => new int[3000])], 0);
        var options = new LanguageModelLoaderOptions { BatchSize = 2, Steps = 70, Jitter = true };
        var loader = new LanguageModelLoader(corpus, options);

        var (first, second) = (Shapes(loader, 0), Shapes(loader, 1));

        Assert.Equal(95, first[0]);
        Assert.Equal(first.Order(), second.Order());
        Assert.NotEqual(first, second);
        var usual = first[1..^1];
        Assert.InRange(usual.Average(), 67, 70);
        Assert.InRange(usual.Count(steps => steps < 50) / (double)usual.Length, 0.03, 0.07);
        Assert.InRange(usual.Min(), 5, 35);
        Assert.InRange(usual.Max(), 75, 95);
    }

    [Fact]
    public void Batches_PartOfTheDocuments_ReadsThoseInTheirOrder()
    {
        var documents = new EncodedDocuments([[1, 2, 3], [4, 5], [6, 7, 8, 9]], 0);

        var loader = new LanguageModelLoader(documents, new() { BatchSize = 1, Steps = 100, Documents = [2, 0] });

        Assert.Equal(7, loader.TokenCount);
        Assert.Equal([6, 7, 8, 9, 1, 2], Rows(loader, 0)[0].Inputs);
    }

    [Fact]
    public void Batches_Size_IsTheNumberOfTokens()
    {
        using var scope = torch.NewDisposeScope();
        var loader = new LanguageModelLoader(Corpus, new() { BatchSize = 4, Steps = 7 });

        Assert.All(loader.Batches(0), batch =>
        {
            Assert.Equal(batch.Inputs.numel(), batch.Size);
            Assert.Equal(ScalarType.Int64, batch.Targets.dtype);
            Assert.True(batch.Inputs.is_contiguous() && batch.Targets.is_contiguous());
        });
    }

    [Fact]
    public void Batches_Cancelled_EndEarly()
    {
        using var scope = torch.NewDisposeScope();
        using var cancellation = new CancellationTokenSource();
        var seen = 0;
        foreach (var _ in new LanguageModelLoader(Corpus, new() { BatchSize = 2, Steps = 2 }).Batches(0, 0, cancellation.Token))
            if (++seen == 3) cancellation.Cancel();
        Assert.Equal(3, seen);
    }

    [Fact]
    public void Constructor_TooFewTokens_SaysHowManyAreNeeded()
    {
        var exception = Assert.Throws<ArgumentException>(
            () => new LanguageModelLoader(new EncodedDocuments([new int[64]], 0), new() { BatchSize = 64 }));

        Assert.Contains("64 tokens", exception.Message);
        Assert.Contains("at least 65", exception.Message);
        Assert.Equal(1, new LanguageModelLoader(new EncodedDocuments([new int[65]], 0), new() { BatchSize = 64 }).Count);
    }

    private static EncodedDocuments Make(int documents, int seed)
    {
        var (random, next) = (new Random(seed), 0);
        return new(Enumerable.Range(0, documents).Select(_ => Enumerable.Range(0, random.Next(0, 60)).Select(_ => next++).ToArray()), 0);
    }

    private static List<string> Read(LanguageModelLoader loader, int epoch, int first = 0)
    {
        using var scope = torch.NewDisposeScope();
        return [.. loader.Batches(epoch, first).Select(batch => $"{Text(batch.Inputs)} -> {Text(batch.Targets)}")];
    }

    private static int[] Shapes(LanguageModelLoader loader, int epoch = 0)
    {
        using var scope = torch.NewDisposeScope();
        return [.. loader.Batches(epoch).Select(batch => (int)batch.Inputs.size(1))];
    }

    // Each row over all batches of an epoch.
    private static (long[] Inputs, long[] Targets)[] Rows(LanguageModelLoader loader, int epoch)
    {
        using var scope = torch.NewDisposeScope();
        Batch<Tensor, Tensor>[] batches = [.. loader.Batches(epoch)];
        return
        [
            .. Enumerable.Range(0, (int)batches[0].Inputs.size(0)).Select(row => (
                batches.SelectMany(batch => batch.Inputs[row].data<long>().ToArray()).ToArray(),
                batches.SelectMany(batch => batch.Targets[row].data<long>().ToArray()).ToArray())),
        ];
    }

    private static string Text(Tensor tokens) => $"[{string.Join(", ", tokens.shape)}] {string.Join(' ', tokens.data<long>().ToArray())}";
}
