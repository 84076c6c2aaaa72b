using System.Diagnostics;
using DeepCourse.Text;
using DeepCourse.Text.Corpora;
using DeepCourse.Text.Tokenization;
using Xunit.Abstractions;

namespace DeepCourse.Tests.Text.Corpora;

/// <summary>The memory of a build doesn't grow with the corpus.</summary>
public sealed class CorpusMemoryTests(ITestOutputHelper output) : IDisposable
{
    private const int Megabytes = 50;

    private readonly string _folder = Directory.CreateTempSubdirectory("memory").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Build_FiftyMegabytes_HoldsOnlyAWindowOfThem()
    {
        var path = Generate();
        var words = new WordEncoder(new SpacedTokenizer(), new([.. SpecialToken.All, .. Words()]));
        var source = new Watched(new PlainTextDocuments(path));
        var progress = new Listener(source);
        // What earlier tests left is no part of the build; what it needs once, like compiled code, is there after a
        // small one.
        new CorpusBuilder(words).Build(Documents.Of(["a b"]), Path.Combine(_folder, "small")).Dispose();
        Settle();
        using var watch = new MemoryWatch();

        using var file = new CorpusBuilder(words, new() { Threads = 4 }).Build(source, Path.Combine(_folder, "corpus"), progress);

        var grown = watch.Stop() >> 20;
        output.WriteLine($"{file.TokenCount} tokens, {grown} MB more, {progress.Widest >> 10} Ki characters under way");
        Assert.True(new FileInfo(path).Length > Megabytes << 20);
        // Twelve pieces of a quarter of a million characters may be under way: nine waiting, one written, one read, and
        // what the last one goes over.
        Assert.InRange(progress.Widest, 1, 12 << 18);
        // The corpus as strings and numbers would be 150 MB.
        if (OperatingSystem.IsLinux()) Assert.InRange(grown, 0, 100);
    }

    private static IEnumerable<string> Words() => Enumerable.Range(0, 20_000).Select(number => $"word{number}");

    private static void Settle()
    {
        for (var again = 0; again < 2; again++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private string Generate()
    {
        var path = Path.Combine(_folder, "lines.txt");
        var (random, words) = (new Random(1), Words().ToArray());
        using var writer = new StreamWriter(path);
        while (writer.BaseStream.Length <= Megabytes << 20)
        {
            for (var length = random.Next(20, 400); length > 0; length--)
            {
                writer.Write(words[(int)(words.Length * random.NextDouble() * random.NextDouble())]);
                writer.Write(' ');
            }
            writer.Write('\n');
        }
        return path;
    }

    // Counts the characters that were read and not yet written.
    private sealed class Watched(IDocuments inner) : IDocuments
    {
        private readonly Queue<long> _after = [];

        public string Name => inner.Name;

        public long? TotalBytes => inner.TotalBytes;

        public long CharactersRead { get; private set; }

        public IEnumerable<Document> Read(Action<long>? advance = null)
        {
            foreach (var document in inner.Read(advance))
            {
                _after.Enqueue(CharactersRead += document.Text.Length);
                yield return document;
            }
        }

        public long Written(long documents, long before)
        {
            var characters = before;
            for (; documents > 0; documents--) characters = _after.Dequeue();
            return characters;
        }
    }

    private sealed class Listener(Watched source) : IProgress<CorpusProgress>
    {
        private long _documents;
        private long _written;
        private int _reports;

        public long Widest { get; private set; }

        public void Report(CorpusProgress value)
        {
            Widest = Math.Max(Widest, source.CharactersRead - _written);
            _written = source.Written(value.Documents - _documents, _written);
            _documents = value.Documents;
            // When garbage is collected depends on the machine; what is in use doesn't.
            if (++_reports % 32 == 0) GC.Collect();
        }
    }

    // Memory of this process that is no file's, looked at every few milliseconds.
    private sealed class MemoryWatch : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly long _before = Now();
        private readonly Thread _thread;
        private long _peak;

        public MemoryWatch()
        {
            _thread = new(() =>
            {
                do _peak = Math.Max(_peak, Now());
                while (!_stop.Token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(10)));
            });
            _thread.Start();
        }

        public long Stop()
        {
            _stop.Cancel();
            _thread.Join();
            return _peak - _before;
        }

        public void Dispose()
        {
            Stop();
            _stop.Dispose();
        }

        private static long Now()
        {
            if (!OperatingSystem.IsLinux()) return Process.GetCurrentProcess().PrivateMemorySize64;
            var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) << 10;
        }
    }
}
