using DeepCourse.Text.Corpora;
using DeepCourse.Text.Loading;

namespace DeepCourse.Tests.Text.Loading;

/// <summary>Texts with labels in batches: each once, like lengths together, within the budget.</summary>
public class TextLoaderTests
{
    // The document n begins with the token 1000 + n; its other tokens count up from 2.
    private static readonly EncodedDocuments Corpus = Make(count: 237, seed: 5);

    public static TheoryData<TextOrder, int?, bool> Kinds
    {
        get
        {
            var kinds = new TheoryData<TextOrder, int?, bool>();
            foreach (var order in Enum.GetValues<TextOrder>())
                foreach (var budget in new int?[] { null, 1000 })
                    foreach (var backwards in new[] { false, true })
                        kinds.Add(order, budget, backwards);
            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Batches_OfAnEpoch_BringEveryTextOnceWithItsLabel(TextOrder order, int? budget, bool backwards)
    {
        var loader = new TextLoader(Corpus, new() { BatchSize = 16, Order = order, TokenBudget = budget, Backwards = backwards, Seed = 3 });

        for (var epoch = 0; epoch < 3; epoch++)
        {
            using var scope = torch.NewDisposeScope();
            var batches = loader.Batches(epoch).ToList();
            var seen = new List<int>();
            foreach (var batch in batches)
            {
                var (rows, width) = (batch.Inputs.Tokens.data<long>().ToArray(), (int)batch.Inputs.Tokens.size(1));
                var lengths = batch.Inputs.Lengths.data<long>().ToArray();
                Assert.Equal((lengths.Length, (long)width), (batch.Size, lengths.Max()));
                Assert.True(budget == null || width * lengths.Length <= budget);
                for (var row = 0; row < lengths.Length; row++)
                {
                    var tokens = rows.Skip(row * width).Take((int)lengths[row]).ToArray();
                    if (backwards) Array.Reverse(tokens);
                    var document = (int)tokens[0] - 1000;
                    Assert.Equal(Enumerable.Range(2, tokens.Length - 1).Select(token => (long)token), tokens.Skip(1));
                    Assert.Equal(Corpus.LengthOf(document), tokens.Length);
                    Assert.All(rows.Skip(row * width + tokens.Length).Take(width - tokens.Length), token => Assert.Equal(1, token));
                    Assert.Equal(Corpus.LabelOf(document), batch.Targets.data<long>()[row]);
                    seen.Add(document);
                }
            }
            Assert.Equal(loader.Count, batches.Count);
            Assert.Equal(Enumerable.Range(0, Corpus.DocumentCount), seen.Order());
            Assert.Equal(seen, loader.DocumentsOf(epoch));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1000)]
    public void Batches_AtRandom_DifferWithTheEpochBeginWithTheLongestAndPadLittle(int? budget)
    {
        var loader = new TextLoader(Corpus, new() { BatchSize = 8, TokenBudget = budget, Order = TextOrder.Random });

        Assert.NotEqual(loader.DocumentsOf(0), loader.DocumentsOf(1));
        for (var epoch = 0; epoch < 3; epoch++)
        {
            using var scope = torch.NewDisposeScope();
            var batches = loader.Batches(epoch).ToList();
            var widths = batches.Select(batch => batch.Inputs.Tokens.size(1)).ToArray();
            Assert.Equal(widths.Max(), widths[0]);
            var places = batches.Sum(batch => batch.Inputs.Tokens.numel());
            Assert.InRange((double)places / Corpus.TokenCount, 1, 1.25);
        }
    }

    [Fact]
    public void Batches_ByLength_FallAndStayTheSame()
    {
        var loader = new TextLoader(Corpus, new() { BatchSize = 10 });

        var lengths = loader.DocumentsOf().Select(Corpus.LengthOf).ToList();

        Assert.Equal(lengths.OrderDescending(), lengths);
        Assert.Equal(loader.DocumentsOf(0), loader.DocumentsOf(1));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Batches_FromTheMiddle_AreThoseThatWouldHaveCome(TextOrder order, int? budget, bool backwards)
    {
        var loader = new TextLoader(Corpus, new() { BatchSize = 50, Order = order, TokenBudget = budget, Backwards = backwards });
        var whole = Firsts(loader, 0);

        for (var first = 0; first <= loader.Count; first++) Assert.Equal(whole.Skip(first), Firsts(loader, first));

        static List<string> Firsts(TextLoader loader, int first)
        {
            using var scope = torch.NewDisposeScope();
            return [.. loader.Batches(1, first).Select(batch => string.Join(' ', batch.Inputs.Tokens.data<long>().ToArray()))];
        }
    }

    [Fact]
    public void Batches_MaxLength_TakesTheLastTokens()
    {
        using var scope = torch.NewDisposeScope();
        var corpus = new EncodedDocuments([[7, 8, 9], [5]], 1, [0, 0], ["x"]);

        var forwards = new TextLoader(corpus, new() { MaxLength = 2, Order = TextOrder.Unchanged }).Batches(0).Single();
        var backwards = new TextLoader(corpus, new() { MaxLength = 2, Order = TextOrder.Unchanged, Backwards = true }).Batches(0).Single();

        Assert.Equal([8L, 9, 5, 1], forwards.Inputs.Tokens.data<long>().ToArray());
        Assert.Equal([9L, 8, 5, 1], backwards.Inputs.Tokens.data<long>().ToArray());
    }

    [Fact]
    public void Batches_PartOfTheDocuments_BringsThoseOnly()
    {
        var loader = new TextLoader(Corpus, new() { BatchSize = 2, Order = TextOrder.Unchanged, Documents = [5, 3, 100] });

        Assert.Equal([5, 3, 100], loader.DocumentsOf());
        Assert.Equal((2, 3), (loader.Count, loader.ItemCount));
    }

    [Fact]
    public void Constructor_MissingLabel_NamesTheDocument()
    {
        var corpus = new EncodedDocuments([[1], [2]], 0, [0, -1], ["x"]);

        Assert.Contains("Document 1", Assert.Throws<ArgumentException>(() => new TextLoader(corpus)).Message);
        using var scope = torch.NewDisposeScope();
        var batch = new TextLoader(corpus, new() { RequireLabels = false }).Batches(0).Single();
        Assert.Equal([0L, -1], batch.Targets.data<long>().ToArray());
    }

    [Fact]
    public void Constructor_TextOverTheBudget_SaysWhatToDo()
    {
        var message = Assert.Throws<ArgumentException>(() => new TextLoader(Corpus, new() { TokenBudget = 20 })).Message;

        Assert.Contains("the budget of 20", message);
        Assert.Contains("MaxLength", message);
    }

    private static EncodedDocuments Make(int count, int seed)
    {
        var random = new Random(seed);
        int[][] documents =
        [
            .. Enumerable.Range(0, count).Select(number => (int[])[1000 + number, .. Enumerable.Range(2, (int)Math.Exp(1 + 4 * random.NextDouble()))]),
        ];
        return new(documents, 1, documents.Select((_, number) => number % 3), ["x", "y", "z"]);
    }
}
