using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using DeepCourse.Data.Catalogue;
using DeepCourse.Text;
using DeepCourse.Text.Tokenization;

namespace DeepCourse.Benchmarks;

/// <summary>Texts to tokens, beside plain regular expressions in Python that give the same tokens: a word tokenizer, and
/// byte pairs learned from these texts. Both on one thread, in time of the processor; then ours on all cores, by the
/// clock, beside the same single process.</summary>
internal static class TokenizerBenchmark
{
    internal const string Peer = "Python re";

    private const int Reviews = 2000;
    private const int PairTokens = 16_000;

    // So that our times are long enough to be told: the peer's are seconds.
    private const int OurRuns = 3;

    internal static IEnumerable<Comparison> Run(int pairs)
    {
        using var peer = Benchmarks.Peer.Start("tokenizers.py", out var reason, modules: "re");
        if (peer is null)
        {
            Report.Skip("tokenizers", reason);
            yield break;
        }
        var folder = Directory.CreateTempSubdirectory("tokenizers").FullName;
        var texts = Texts();
        File.WriteAllText(Path.Combine(folder, "texts"), string.Join('\0', texts));
        var start = Stopwatch.GetTimestamp();
        var learned = BytePairTrainer.Train(texts, new(PairTokens));
        Console.WriteLine(FormattableString.Invariant(
            $"{texts.Length} texts, {texts.Sum(text => (long)text.Length) / 1e6:0.0} million characters; {PairTokens} tokens learned in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s"));
        learned.Save(Path.Combine(folder, "vocab.json"), Path.Combine(folder, "merges.txt"));
        var words = new WordTokenizer();
        foreach (var kind in new[] { "words", "bytepairs" })
        {
            // Encoders that remember pieces begin each run without any, like the peer.
            Func<Action<string, Sink>> make = kind == "words"
                ? () => (text, sink) => words.Tokenize(text, sink.Tokens)
                : () =>
                {
                    var encoder = new BytePairTokenizer(learned.Vocabulary, learned.Merges);
                    return (text, sink) => encoder.Encode(text, sink.Numbers);
                };
            var theirs = peer.Ask($"prepare {kind} {folder}");
            var (count, digest) = Digest(texts, make());
            if (theirs != $"{count} {digest}") throw new InvalidOperationException($"{kind}: Python gives other tokens: {theirs}, ours {count} {digest}");
            foreach (var threads in new[] { 1, Environment.ProcessorCount })
            {
                Measure(texts, threads, make);
                var comparison = new Comparison($"{kind}, {threads} thread{(threads == 1 ? "" : "s")}", $"million tokens a second{(threads == 1 ? " of CPU" : "")}", lowerIsBetter: false)
                {
                    What = $"{(kind == "words" ? "words" : "byte pairs")}, {(threads == 1 ? "one thread, processor's time" : $"{threads} threads, by the clock")}",
                    Bar = threads == 1 ? 0.10 : null,
                };
                for (var pair = 0; pair < pairs; pair++)
                {
                    var seconds = Enumerable.Range(0, OurRuns).Select(_ => Measure(texts, threads, make));
                    comparison.Add(count / Comparison.Median(seconds) / 1e6, count / peer.Measure(threads == 1 ? "run cpu" : "run clock") / 1e6);
                }
                yield return comparison;
            }
        }
        Directory.Delete(folder, recursive: true);
    }

    private static double Measure(string[] texts, int threads, Func<Action<string, Sink>> make)
    {
        var encode = make();
        var (start, busy) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var ranges = Partitioner.Create(0, texts.Length, Math.Max(1, texts.Length / (8 * threads)));
        Parallel.ForEach(ranges, new ParallelOptions { MaxDegreeOfParallelism = threads }, range =>
        {
            var sink = new Sink();
            for (var index = range.Item1; index < range.Item2; index++)
            {
                sink.Clear();
                encode(texts[index], sink);
            }
        });
        return (threads == 1 ? Environment.CpuUsage.TotalTime - busy : Stopwatch.GetElapsedTime(start)).TotalSeconds;
    }

    /// <summary>All tokens, each behind a line's end, in one number.</summary>
    private static (int Count, string Digest) Digest(string[] texts, Action<string, Sink> encode)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (sink, count) = (new Sink(), 0);
        foreach (var text in texts)
        {
            sink.Clear();
            encode(text, sink);
            count += sink.Tokens.Count + sink.Numbers.WrittenCount;
            for (var index = 0; index < sink.Tokens.Count; index++) hash.AppendData(Encoding.UTF8.GetBytes($"{sink.Tokens[index]}\n"));
            foreach (var number in sink.Numbers.WrittenSpan) hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{number}\n")));
        }
        return (count, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>IMDb's reviews where they are; sentences of made-up words with the frequencies of a language
    /// otherwise.</summary>
    private static string[] Texts()
    {
        var archive = (Environment.GetEnvironmentVariable(DatasetStore.FoldersVariable) ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "aclImdb_v1.tar.gz")).FirstOrDefault(File.Exists);
        return archive is null ? [.. Enumerable.Range(0, Reviews).Select(Invented)] : [.. FromArchive(archive).Take(Reviews)];
    }

    private static IEnumerable<string> FromArchive(string archive)
    {
        using var stream = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
        using var reader = new TarReader(stream);
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is null || entry.Name.Split('/') is not [_, _, "pos" or "neg", _]) continue;
            using var text = new StreamReader(entry.DataStream);
            yield return text.ReadToEnd();
        }
    }

    private static string Invented(int seed)
    {
        var draw = new Random(seed);
        var text = new StringBuilder();
        for (var count = 0; count < 230; count++)
        {
            var word = (int)Math.Exp(draw.NextDouble() * Math.Log(30_000));
            var syllables = $"{"aeiou"[word % 5]}{"tnrslmdkp"[word / 5 % 9]}";
            for (var rest = word / 45; rest > 0; rest /= 60) syllables += $"{"bcdfghjklmnp"[rest % 12]}{"aeiou"[rest / 12 % 5]}";
            text.Append(count % 12 == 0 ? char.ToUpperInvariant(syllables[0]) + syllables[1..] : syllables);
            text.Append(draw.Next(12) switch { 0 => ", ", 1 => ". ", 2 when draw.Next(8) == 0 => "!!! <br />", 3 when draw.Next(4) == 0 => "'s ", _ => " " });
        }
        return text.ToString();
    }

    /// <summary>Where one thread's tokens go: one of the two.</summary>
    private sealed class Sink
    {
        internal TokenBuffer Tokens { get; } = new();

        internal ArrayBufferWriter<int> Numbers { get; } = new();

        internal void Clear()
        {
            Tokens.Clear();
            Numbers.ResetWrittenCount();
        }
    }
}
