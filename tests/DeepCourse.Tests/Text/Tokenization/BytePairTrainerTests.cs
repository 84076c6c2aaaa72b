using DeepCourse.Text.Tokenization;

namespace DeepCourse.Tests.Text.Tokenization;

public sealed class BytePairTrainerTests
{
    [Fact]
    public void Merges_EqualThoseOfThePlainImplementation()
    {
        foreach (var reference in BytePairReference.All)
        {
            var trained = BytePairTrainer.Train(reference.Documents, reference.Training);
            Assert.Equal(reference.Merges, trained.Merges);
            Assert.Equal(reference.Tokens, trained.Vocabulary);
            Assert.Equal(reference.Tokenizer.Fingerprint, trained.Fingerprint);
        }
    }

    // Enough text for several groups, and room for fewer pieces than it has.
    [Fact]
    public void Workers_ChangeNothing()
    {
        var alone = BytePairTrainer.Train(Stream(), new(300) { Workers = 1, MaxPieces = 2000 });
        var together = BytePairTrainer.Train(Stream(), new(300) { Workers = 3, MaxPieces = 2000 });
        Assert.Equal(alone.Merges, together.Merges);
        Assert.Equal(300, alone.Vocabulary.Count);
    }

    [Fact]
    public void Progress_TellsOfTextAndTokens()
    {
        var reports = new Reports();
        BytePairTrainer.Train(Stream(), new(600) { MaxPieces = 2000 }, reports);
        Assert.Contains(reports.All, report => report is { Tokens: 0, Characters: > 0 });
        Assert.Equal(600, reports.All[^1].Tokens);
        Assert.All(reports.All.Where(report => report.Tokens == 0), report => Assert.InRange(report.Pieces, 1, 2000));
    }

    [Fact]
    public void Cancellation_EndsIt()
    {
        using var source = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => BytePairTrainer.Train(Endless(source), new(300), cancellation: source.Token));
    }

    [Fact]
    public void Arguments_AreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BytePairTrainer.Train([], new(255)));
        Assert.Throws<ArgumentException>(() => BytePairTrainer.Train([], new(300) { Options = new() { SpecialTokens = ["a"] } }));
        Assert.Equal(256, BytePairTrainer.Train([], new(300)).Vocabulary.Count);
    }

    private static IEnumerable<string> Stream()
    {
        var draw = new Random(3);
        for (var document = 0; document < 30; document++)
            yield return string.Join(' ', Enumerable.Range(0, 20_000).Select(_ => (int)(4000 * Math.Pow(draw.NextDouble(), 4)) * 7919L));
    }

    private static IEnumerable<string> Endless(CancellationTokenSource source)
    {
        for (var count = 0; ; count++)
        {
            if (count == 100) source.Cancel();
            yield return "more and more text";
        }
    }

    private sealed class Reports : IProgress<BytePairProgress>
    {
        internal List<BytePairProgress> All { get; } = [];

        public void Report(BytePairProgress value) => All.Add(value);
    }
}
