using DeepCourse.Tensors;
using DeepCourse.Text;
using DeepCourse.Text.Corpora;
using DeepCourse.Text.Tokenization;

namespace DeepCourse.Tests.Text.Corpora;

/// <summary>Documents to token files: the same at any number of threads and after any interruption.</summary>
public sealed class CorpusBuilderTests : IDisposable
{
    private static readonly WordEncoder Words = new(
        new SpacedTokenizer(), new([.. SpecialToken.All, .. Enumerable.Range(0, 500).Select(number => $"w{number}")]));

    private readonly string _folder = Directory.CreateTempSubdirectory("corpus").FullName;

    private string Target => Path.Combine(_folder, "deep", "corpus.tokens");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Build_LabeledDocuments_CanBeReadAgain()
    {
        Document[] documents = [new("a", "w1 w2", "pos"), new("b", " \n"), new("c", "w3 nothing", "neg"), new("d", "w499", "pos"), new("e", "w0")];

        using var file = new CorpusBuilder(Words).Build(Documents.Of(documents), Target);

        Assert.Equal((4, 10L, 1L), (file.DocumentCount, file.TokenCount, file.SkippedDocuments));
        Assert.Equal([[2, 10, 11], [2, 12, 0], [2, 508], [2, 9]], Enumerable.Range(0, 4).Select(file.Read));
        Assert.Equal(["neg", "pos"], file.Labels);
        Assert.Equal([1, 0, 1, -1], Enumerable.Range(0, 4).Select(file.LabelOf));
        Assert.Equal([3, 3, 2, 2], Enumerable.Range(0, 4).Select(file.LengthOf));
        Assert.Equal((2, 509, 1, Words.Fingerprint), (file.TokenWidth, file.VocabularySize, file.PaddingIndex, file.EncoderFingerprint));
        var part = new long[2];
        file.Read(1, 1, part);
        Assert.Equal([12, 0], part);
        file.Verify();
        Assert.Equal([Target], Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Build_LargeVocabulary_TakesFourBytes()
    {
        var encoder = new WordEncoder(new SpacedTokenizer(), new([.. SpecialToken.All, .. Enumerable.Range(0, 70_000).Select(number => $"w{number}")]));

        using var file = new CorpusBuilder(encoder).Build(Documents.Of(["w1 w69999"]), Target);

        Assert.Equal(4, file.TokenWidth);
        Assert.Equal([2, 10, 70_008], file.Read(0));
        Assert.False(file.HasLabels);
        Assert.Equal(-1, file.LabelOf(0));
    }

    [Fact]
    public void Build_AnyNumberOfThreads_GivesTheSameBytes()
    {
        var corpus = Generate(3000);
        var expected = Bytes(new() { Threads = 1 });

        foreach (var threads in new[] { 2, 3, 8 }) Assert.Equal(expected, Bytes(new() { Threads = threads }));

        byte[] Bytes(CorpusOptions options)
        {
            new CorpusBuilder(Words, options).Build(corpus, Target).Dispose();
            return File.ReadAllBytes(Target);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Build_Interrupted_GoesOnAndGivesTheSameBytes(int threads)
    {
        var options = new CorpusOptions { Threads = threads, TokensInPart = 100_000 };
        var corpus = Generate(3000);
        new CorpusBuilder(Words, options).Build(corpus, Target).Dispose();
        var expected = File.ReadAllBytes(Target);
        File.Delete(Target);

        var done = new List<long>();
        for (var stop = 500; stop < 3000; stop += 800)
        {
            using var cancellation = new CancellationTokenSource();
            var at = stop;
            var interrupted = Documents.Of(corpus.Read().Select((document, index) =>
            {
                if (index == at) cancellation.Cancel();
                return document;
            }), corpus.Name);
            var encoded = new CountingEncoder();
            Assert.Throws<OperationCanceledException>(
                () => new CorpusBuilder(encoded, options).Build(interrupted, Target, cancellation: cancellation.Token));
            done.Add(encoded.Count);
            Assert.False(File.Exists(Target));
        }
        var rest = new CountingEncoder();
        using (var file = new CorpusBuilder(rest, options).Build(corpus, Target)) file.Verify();

        Assert.Equal(expected, File.ReadAllBytes(Target));
        Assert.Equal(3000, done.Sum() + rest.Count);
        Assert.All(done, count => Assert.True(count > 0));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public void Build_KilledBetweenTwoNotes_GoesOnFromTheLast()
    {
        var options = new CorpusOptions { TokensInPart = 50_000, Threads = 2 };
        var corpus = Generate(3000);
        new CorpusBuilder(Words, options).Build(corpus, Target).Dispose();
        var expected = File.ReadAllBytes(Target);
        File.Delete(Target);
        Assert.Throws<DataFormatException>(() => new CorpusBuilder(Words, options).Build(FailingAfter(corpus, 2000), Target));
        // What a process leaves that dies while it writes: more than was noted.
        foreach (var name in new[] { ".part", ".part.table" })
            using (var part = new FileStream(Target + name, FileMode.Append)) part.Write([1, 2, 3, 4, 5]);

        var encoder = new CountingEncoder();
        new CorpusBuilder(encoder, options).Build(corpus, Target).Dispose();

        Assert.Equal(expected, File.ReadAllBytes(Target));
        Assert.InRange(encoder.Count, 1, 2900);
    }

    [Fact]
    public void Build_DocumentsChangedSinceTheInterruption_BeginsAnew()
    {
        var options = new CorpusOptions { TokensInPart = 50_000 };
        Assert.Throws<DataFormatException>(() => new CorpusBuilder(Words, options).Build(FailingAfter(Generate(3000), 2500), Target));
        var changed = Documents.Of(Generate(3000).Read().Select((document, index) => index == 5 ? document with { Text = "w7 w7" } : document));

        using var file = new CorpusBuilder(Words, options).Build(changed, Target);

        Assert.Equal([2, 16, 16], file.Read(5));
        file.Verify();
        Assert.Equal(3000, file.DocumentCount);
    }

    [Fact]
    public void Build_ErrorInADocument_SurfacesAsItIs() => Assert.Equal(
        "there", Assert.Throws<DataFormatException>(() => new CorpusBuilder(Words).Build(FailingAfter(Generate(10), 5), Target)).Path);

    [Fact]
    public void Build_LabelsMissing_NamesTheDocument()
    {
        var corpus = Documents.Of([new Document("a.csv:1", "w1", "x"), new Document("a.csv:2", "w2")], "a.csv");

        var exception = Assert.Throws<DataFormatException>(
            () => new CorpusBuilder(Words, new() { Labels = CorpusLabels.Require }).Build(corpus, Target));

        Assert.Contains("a.csv:2 has no label", exception.Message);
    }

    [Fact]
    public void Build_LabelNames_GiveTheNumbersAndAllowNoOther()
    {
        var corpus = Documents.Of([new Document("a:1", "w1", "x"), new Document("a:2", "w2", "y")]);

        using (var file = new CorpusBuilder(Words, new() { LabelNames = ["y", "x", "z"] }).Build(corpus, Target))
            Assert.Equal([1, 0], Enumerable.Range(0, 2).Select(file.LabelOf));
        Assert.Contains("a:2 has the label 'y'; allowed are x", Assert.Throws<DataFormatException>(
            () => new CorpusBuilder(Words, new() { LabelNames = ["x"] }).Build(corpus, Target)).Message);
        using (var file = new CorpusBuilder(Words, new() { LabelNames = ["x"], Labels = CorpusLabels.Ignore }).Build(corpus, Target))
            Assert.False(file.HasLabels);
    }

    [Fact]
    public void Build_NothingButEmptyDocuments_IsAnError() => Assert.Contains(
        "2 that were empty",
        Assert.Throws<DataFormatException>(() => new CorpusBuilder(Words).Build(Documents.Of(["", " \t"]), Target)).Message);

    [Fact]
    public void Build_Progress_EndsWithEverything()
    {
        var path = Path.Combine(_folder, "lines.txt");
        File.WriteAllLines(path, Generate(2000).Read().Select(document => document.Text));
        var seen = new List<CorpusProgress>();

        using var file = new CorpusBuilder(Words).Build(new PlainTextDocuments(path), Target, new Listener(seen.Add));

        Assert.True(seen.Count > 2);
        Assert.Equal(seen.Select(step => step.Tokens).Order(), seen.Select(step => step.Tokens));
        var last = seen[^1];
        Assert.Equal((2000L, file.TokenCount, last.BytesTotal), (last.Documents, last.Tokens, last.BytesDone));
    }

    [Fact]
    public void OpenOrBuild_FileIsThere_ReadsNoDocument()
    {
        new CorpusBuilder(Words).Build(Documents.Of(["w1"]), Target).Dispose();

        using var file = new CorpusBuilder(Words).OpenOrBuild(FailingAfter(Generate(1), 0), Target);

        Assert.Equal([2, 10], file.Read(0));
    }

    [Fact]
    public void EncodedDocuments_Of_AreWhatTheFileHolds()
    {
        var corpus = Generate(500);
        using var file = new CorpusBuilder(Words).Build(corpus, Target);

        var memory = EncodedDocuments.Of(corpus, Words);

        Assert.Equal((file.DocumentCount, file.TokenCount, file.PaddingIndex), (memory.DocumentCount, memory.TokenCount, memory.PaddingIndex));
        Assert.Equal(file.Labels, memory.Labels);
        for (var document = 0; document < 500; document++)
        {
            var tokens = new long[memory.LengthOf(document)];
            memory.Read(document, 0, tokens);
            Assert.Equal(file.Read(document), tokens.Select(token => (int)token));
            Assert.Equal(file.LabelOf(document), memory.LabelOf(document));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void CountTokens_AnyNumberOfThreads_CountsAll(int threads)
    {
        var expected = Generate(3000).Read().SelectMany(document => document.Text.Split(' ')).CountBy(word => word)
            .ToDictionary(pair => pair.Key, pair => (long)pair.Value);

        var counts = Generate(3000).CountTokens(new SpacedTokenizer(), threads);

        Assert.Equal(expected, counts.Pairs.ToDictionary());
        Assert.Equal((3000L, expected.Values.Sum()), (counts.Documents, counts.Total));
    }

    [Fact]
    public void CountTokens_UnderALimit_IsTheSameAtAnyNumberOfThreads() => Assert.Equal(
        Generate(3000).CountTokens(new SpacedTokenizer(), threads: 1, limit: 200).Pairs.ToDictionary(),
        Generate(3000).CountTokens(new SpacedTokenizer(), threads: 4, limit: 200).Pairs.ToDictionary());

    // Documents of uneven length; two labels, of which the second name comes first.
    private static IDocuments Generate(int count) => Documents.Of(
        Enumerable.Range(0, count).Select(index =>
        {
            var random = new Random(index);
            var words = Enumerable.Range(0, 1 + random.Next(1, 400)).Select(_ => $"w{(int)(600 * random.NextDouble() * random.NextDouble())}");
            return new Document($"generated:{index}", string.Join(' ', words), index % 3 == 0 ? "z" : "a");
        }), "generated");

    private static IDocuments FailingAfter(IDocuments corpus, int count) => Documents.Of(
        corpus.Read().Select((document, index) => index < count ? document : throw new DataFormatException("there", "broken")), corpus.Name);

    private sealed class Listener(Action<CorpusProgress> hear) : IProgress<CorpusProgress>
    {
        public void Report(CorpusProgress value) => hear(value);
    }

    private sealed class CountingEncoder : ITextEncoder
    {
        private int _count;

        public int Count => _count;

        public TokenVocabulary Vocabulary => Words.Vocabulary;

        public string Fingerprint => Words.Fingerprint;

        public void Encode(ReadOnlySpan<char> text, System.Buffers.IBufferWriter<int> ids)
        {
            Interlocked.Increment(ref _count);
            Words.Encode(text, ids);
        }

        public string Decode(ReadOnlySpan<int> ids) => Words.Decode(ids);
    }
}
