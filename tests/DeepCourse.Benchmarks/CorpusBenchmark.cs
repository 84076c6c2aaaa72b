using System.Diagnostics;
using System.Globalization;
using DeepCourse.Data.Catalogue;
using DeepCourse.Text;
using DeepCourse.Text.Corpora;
using DeepCourse.Text.Loading;
using DeepCourse.Text.Tokenization;

namespace DeepCourse.Benchmarks;

/// <summary>How fast a large text becomes a corpus, and how much memory that takes: film reviews again and again until
/// they make the size, byte pairs learned from them, a vocabulary of 60,000 words, a token file, and an epoch of batches from
/// it.</summary>
internal static class CorpusBenchmark
{
    private const int BytePairTokens = 32_000;

    internal static void Run(string runs, int megabytes)
    {
        var folder = Lessons.RunFolder.Create(runs, "bench-corpus", TimeProvider.System.GetUtcNow());
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var path = folder.File("reviews.txt");
        Generate(path, (long)megabytes << 20);
        var documents = new PlainTextDocuments(path);
        var size = new FileInfo(path).Length / 1e6;
        var tokenizer = new WordTokenizer();
        Note("before", PeakMemory.Megabytes, "MB of memory at most");

        var clock = Stopwatch.StartNew();
        var pairs = BytePairTrainer.Train(documents.Read().Select(document => document.Text), new BytePairTraining(BytePairTokens));
        Note("byte_pairs", size / clock.Elapsed.TotalSeconds, $"MB/s from which {pairs.Vocabulary.Count:N0} byte pairs are learned");
        Note("byte_pairs_memory", PeakMemory.Megabytes, "MB of memory at most");

        clock.Restart();
        var counts = documents.CountTokens(tokenizer);
        Note("counting", size / clock.Elapsed.TotalSeconds, "MB/s");
        Note("counting_tokens", counts.Total / 1e6 / clock.Elapsed.TotalSeconds, "million tokens/s");
        Note("counting_memory", PeakMemory.Megabytes, "MB of memory at most");
        var encoder = new WordEncoder(tokenizer, TokenVocabulary.Of(counts));
        counts = null;

        clock.Restart();
        using var file = new CorpusBuilder(encoder).Build(documents, folder.File("reviews.tokens"));
        Note("building", size / clock.Elapsed.TotalSeconds, "MB/s");
        Note("building_tokens", file.TokenCount / 1e6 / clock.Elapsed.TotalSeconds, "million tokens/s");
        Note("building_memory", PeakMemory.Megabytes, "MB of memory at most");
        Note("tokens", file.TokenCount / 1e6, "million");

        var loader = new LanguageModelLoader(file, new() { BatchSize = 64, Steps = 70, Shuffle = true });
        clock.Restart();
        using var batches = loader.Batches(0).GetEnumerator();
        while (true)
        {
            using var scope = torch.NewDisposeScope();
            if (!batches.MoveNext()) break;
        }
        Note("loading_tokens", loader.ItemCount / 1e6 / clock.Elapsed.TotalSeconds, "million tokens/s");
        Note("loading_memory", PeakMemory.Megabytes, "MB of memory at most, pages of the file counted");
        folder.WriteMetrics(metrics);
        File.Delete(path);
        File.Delete(file.Location);

        void Note(string name, double value, string unit)
        {
            metrics[name] = value;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-20} {value,12:0.00}   {unit}"));
        }
    }

    private static void Generate(string path, long bytes)
    {
        var imdb = new FolderDocuments(DatasetStore.FromEnvironment().Get(WebDatasets.Imdb))
        {
            Folders = ["test/neg", "test/pos", "train/neg", "train/pos"],
        };
        // A review that begins with its number: no two lines are alike.
        var (line, written) = (0, 0L);
        using var writer = new StreamWriter(path);
        while (true)
        {
            foreach (var review in imdb.Read())
            {
                var text = $"{line++} {review.Text.ReplaceLineEndings(" ")}";
                writer.Write(text);
                writer.Write('\n');
                if ((written += text.Length + 1) >= bytes) return;
            }
        }
    }
}
