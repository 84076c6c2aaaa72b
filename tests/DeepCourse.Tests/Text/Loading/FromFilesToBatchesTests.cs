using DeepCourse.Data;
using DeepCourse.Text;
using DeepCourse.Text.Corpora;
using DeepCourse.Text.Loading;
using DeepCourse.Text.Tokenization;

namespace DeepCourse.Tests.Text.Loading;

/// <summary>The way that docs/corpora.md shows, from a table to batches.</summary>
public sealed class FromFilesToBatchesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("batches").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Table_BecomesBatchesForBothTasks()
    {
        var rows = Enumerable.Range(0, 200).Select(row => $"\"The film, number {row % 7}, was {(row % 2 == 0 ? "GOOD" : "bad")}.\",{(row % 2 == 0 ? "pos" : "neg")}");
        var table = Path.Combine(_folder, "reviews.csv");
        File.WriteAllLines(table, rows.Prepend("review,score"));

        IDocuments reviews = new TableDocuments(table, text: "review", label: "score");
        var tokenizer = new WordTokenizer();
        var encoder = new WordEncoder(tokenizer, TokenVocabulary.Of(reviews.CountTokens(tokenizer), maxSize: 30_000));
        using var corpus = new CorpusBuilder(encoder).OpenOrBuild(reviews, Path.Combine(_folder, "reviews.tokens"));
        var parts = Split.Random(validation: 0.1, seed: 1).Of(corpus.DocumentCount, document => $"{document}");
        var train = new LanguageModelLoader(corpus, new() { BatchSize = 8, Steps = 10, Shuffle = true, Documents = parts.Train });
        var judged = new TextLoader(corpus, new() { TokenBudget = 200, Documents = parts.Validation });

        Assert.Equal(["neg", "pos"], corpus.Labels);
        using var scope = torch.NewDisposeScope();
        Assert.Equal([8L, 10L], train.Batches(0).First().Inputs.shape);
        var good = encoder.Vocabulary.IndexOf("good");
        foreach (var batch in judged.Batches(0))
            Assert.Equal(
                batch.Inputs.Tokens.eq(good).any(1).data<bool>().ToArray(),
                batch.Targets.data<long>().ToArray().Select(label => label == 1));
        Assert.Contains("good", encoder.Decode(corpus.Read(0)), StringComparison.OrdinalIgnoreCase);
    }
}
