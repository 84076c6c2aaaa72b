using DeepCourse.Text.Corpora;

namespace Lesson10;

/// <summary>Generated reviews for a run of seconds: sentences of a small grammar whose adjectives agree with the verdict, and
/// with what they made the writer do, so that reading without labels tells the two kinds apart.</summary>
internal static class SmallTalk
{
    private static readonly string[] things = ["film", "plot", "cast", "ending", "music", "script", "hero", "scene"];
    private static readonly string[][] words = [["dull", "awful", "weak", "boring", "silly"], ["great", "fine", "moving", "clever", "bright"]];
    private static readonly string[][] reactions = [["yawn", "sleep", "leave"], ["smile", "laugh", "cheer"]];
    private static readonly string[] links = ["was", "seemed", "felt", "is"];
    private static readonly string[] fillers = ["I saw it on Sunday .", "My sister came along .", "It runs for two hours .", "The room was full ."];

    internal static ReviewSet Reviews(int seed)
    {
        var random = new Random(seed);
        var all = Enumerable.Range(0, 700).Select(index => Review(random, index)).ToArray();
        var reading = Documents.Of(all[..500].Select(document => document with { Label = null }), "generated");
        return new("generated sentences", reading, all[..500], all[500..], ["neg", "pos"]) { Key = "generated" };
    }

    private static Document Review(Random random, int index)
    {
        string Any(string[] choices) => choices[random.Next(choices.Length)];
        var verdict = random.Next(2);
        var sentences = Enumerable.Range(0, random.Next(3, 9)).Select(_ => random.NextDouble() < 0.4 ? Any(fillers) : Opinion(random.NextDouble() < 0.9 ? verdict : 1 - verdict));
        return new($"generated:{index}", string.Join(' ', sentences), verdict == 1 ? "pos" : "neg");

        string Opinion(int kind) => $"The {Any(things)} {Any(links)} {Any(words[kind])} and made me {Any(reactions[kind])} .";
    }
}
