using System.Text;
using DeepCourse.Data.Catalogue;
using DeepCourse.Text.Corpora;

namespace Lesson10;

/// <summary>Plain English from packages, for a language model that knows nothing of the task yet: speeches, a novel, prose of
/// fifteen kinds, explanations of words. About 4.6 million words, none under a licence that would bind the model.</summary>
internal static class GeneralEnglish
{
    private const int ExplanationsInDocument = 40;

    internal static IDocuments Load(DatasetStore store, IProgress<FetchProgress> progress, CancellationToken cancellation)
    {
        string Get(DatasetEntry entry) => store.Get(entry, progress, cancellation);
        return Documents.Together(
            Files(Get(PackageDatasets.StateOfTheUnion), "package/data", "*.txt", text => text),
            Files(Get(PackageDatasets.MobyDick), "package/data", "chapter_*.txt", Unwrapped),
            Files(Get(PackageDatasets.BrownCorpus), "package", "c???", WithoutTags),
            Documents.Of(Explanations(Get(PackageDatasets.WordNet)), "WordNet"));
    }

    private static IDocuments Files(string root, string folder, string pattern, Func<string, string> change) => Documents.Of(
        Directory.EnumerateFiles(Path.Combine(root, folder), pattern)
            .Order(StringComparer.Ordinal)
            .Select(path => new Document(path, change(File.ReadAllText(path)))), root);

    // Lines end where a page was full; paragraphs end at empty lines.
    private static string Unwrapped(string text) => string.Join(
        '\n', text.ReplaceLineEndings("\n").Split("\n\n").Select(paragraph => paragraph.Replace('\n', ' ').Trim()));

    // "The/at jury/nn said/vbd ``/`` no/at ''/''": a word, a slash, its part of speech.
    private static string WithoutTags(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var tagged in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var slash = tagged.LastIndexOf('/');
                var word = slash > 0 ? tagged[..slash] : tagged;
                plain.Append(word is "``" or "''" ? "\"" : word).Append(' ');
            }
            plain.Append('\n');
        }
        return plain.ToString();
    }

    // A line of WordNet's data: numbers, a count of words, the words, pointers, a bar, the explanation.
    private static IEnumerable<Document> Explanations(string root)
    {
        const int wordPlace = 4;
        foreach (var part in (string[])["noun", "verb", "adj", "adv"])
        {
            var path = Path.Combine(root, "usr/share/wordnet", $"data.{part}");
            var entries = File.ReadLines(path).Where(line => line.Length > 0 && line[0] != ' ').Select(line =>
            {
                var bar = line.IndexOf('|', StringComparison.Ordinal);
                return $"{line.Split(' ', wordPlace + 2)[wordPlace].Replace('_', ' ')}: {line[(bar + 1)..].Trim().Replace('`', '\'')}";
            });
            var number = 0;
            foreach (var some in entries.Chunk(ExplanationsInDocument)) yield return new($"{path}:{number++}", string.Join('\n', some));
        }
    }
}
