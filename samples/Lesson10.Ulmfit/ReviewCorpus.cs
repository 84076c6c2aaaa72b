using DeepCourse.Data.Catalogue;
using DeepCourse.Lessons;
using DeepCourse.Text;
using DeepCourse.Text.Corpora;
using DeepCourse.Text.Tokenization;
using DeepCourse.Text.Vectors;

namespace Lesson10;

/// <summary>The texts as numbers: what the language model reads, and what the classifiers are tested on.</summary>
/// <param name="Encoder">Cuts and numbers texts; its vocabulary is that of the reviews.</param>
/// <param name="WordCounts">How often each token of the vocabulary occurs.</param>
/// <param name="Reading">All texts without labels, in a file.</param>
/// <param name="Training">Documents of <paramref name="Reading"/> that the language model may learn from.</param>
/// <param name="Validation">Documents of it to judge by.</param>
internal sealed record ReviewCorpus(
    WordEncoder Encoder, IReadOnlyList<long> WordCounts, TokenFile Reading, IReadOnlyList<int> Training, IReadOnlyList<int> Validation) : IDisposable
{
    /// <summary>The size of the vocabulary where two cores have to do.</summary>
    internal const int Words = 14_000;

    private const int LeastCount = 5;
    private const int ValidationEvery = 250;

    private LatentSemantics? _topics;

    internal static ReviewCorpus Build(LessonContext lesson, ReviewSet reviews, int words = Words)
    {
        var tokenizer = new WordTokenizer();
        var counts = reviews.Reading.CountTokens(tokenizer, Math.Max(1, lesson.Workers), cancellation: lesson.Cancellation);
        var vocabulary = TokenVocabulary.Of(counts, words, lesson.Smoke ? 1 : LeastCount);
        var encoder = new WordEncoder(tokenizer, vocabulary);
        var folder = lesson.Smoke ? lesson.Folder.Path : DatasetStore.FromEnvironment().Cache;
        var path = Path.Combine(folder, $"{reviews.Key}-{encoder.Fingerprint[..12]}.tokens");
        var reading = new CorpusBuilder(encoder, new() { Labels = CorpusLabels.Ignore, Threads = Math.Max(1, lesson.Workers) }).OpenOrBuild(reviews.Reading, path, cancellation: lesson.Cancellation);
        var known = (double)vocabulary.Sum(token => counts[token]) / counts.Total;
        lesson.Console.Say($"{reading.DocumentCount:N0} texts, {reading.TokenCount:N0} tokens; the {vocabulary.Count:N0} of the vocabulary make up {known:0.0%} of them");
        var (training, validation) = LanguageModeling.Divide(reading, lesson.Smoke ? 20 : ValidationEvery);
        return new(encoder, [.. vocabulary.Select(token => counts[token])], reading, training, validation);
    }

    /// <summary>What the company of each word says about it, in the texts that may be read; null where there are too few words
    /// for vectors of the size.</summary>
    /// <param name="lesson">The lesson.</param>
    /// <param name="size">Numbers of a vector.</param>
    internal WordVectors? Vectors(LessonContext lesson, int size)
    {
        if (Encoder.Vocabulary.Count <= size) return null;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var vectors = WordVectors.Of(
            Reading, Encoder.Vocabulary.Count, new() { Size = size, Seed = lesson.Seed, Threads = Math.Max(1, lesson.Workers) }, Training, lesson.Cancellation);
        lesson.Console.Say($"vectors of {vectors.Count:N0} words from the company they keep: {watch.Elapsed.TotalSeconds:0} s");
        return vectors;
    }

    /// <summary>The directions in which the texts that may be read differ; null where there are too few words for them.
    /// Found once.</summary>
    /// <param name="lesson">The lesson.</param>
    internal LatentSemantics? Topics(LessonContext lesson)
    {
        var options = new LatentSemanticsOptions { Seed = lesson.Seed, Threads = Math.Max(1, lesson.Workers) };
        if (_topics is not null || Encoder.Vocabulary.Count <= options.Size) return _topics;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        _topics = LatentSemantics.Of(Reading, Encoder.Vocabulary.Count, options, Training, lesson.Cancellation);
        lesson.Console.Say($"{_topics.Size} directions in which texts differ: {watch.Elapsed.TotalSeconds:0} s");
        return _topics;
    }

    public void Dispose() => Reading.Dispose();
}
