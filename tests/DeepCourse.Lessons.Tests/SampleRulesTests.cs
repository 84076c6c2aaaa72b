using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DeepCourse.Tests.Lessons;

/// <summary>Samples are prose: short, without loops over batches, with a page that says what to expect.</summary>
public sealed class SampleRulesTests
{
    public static TheoryData<string> Samples => [.. SampleProject.All.Select(sample => sample.Project)];

    private static string Root => SampleProject.Root;

    [Theory]
    [MemberData(nameof(Samples))]
    public void ProgramFitsAScreen(string sample) =>
        Assert.InRange(File.ReadAllLines(Path.Combine(Root, "samples", sample, "Program.cs")).Length, 1, 60);

    [Theory]
    [MemberData(nameof(Samples))]
    public void LoopIsTheLearners(string sample)
    {
        foreach (var file in Sources(sample))
        {
            var text = File.ReadAllText(file);
            Assert.DoesNotContain("backward(", text, StringComparison.Ordinal);
            Assert.DoesNotContain("zero_grad(", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Console.Write", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void FilesAreShort(string sample) =>
        Assert.All(Sources(sample), file => Assert.True(File.ReadAllLines(file).Length <= 300, $"{Path.GetFileName(file)} has more than 300 lines"));

    // An option that is accepted and then ignored is worse than none.
    [Theory]
    [MemberData(nameof(Samples))]
    public void OptionsThatAreAcceptedAreUsed(string sample)
    {
        var text = string.Concat(Sources(sample).Select(File.ReadAllText));

        foreach (var shared in (string[])["Epochs", "BatchSize", "LearningRate", "Size", "Workers", "Smoke", "Device", "Weights", "Cancellation"])
            Assert.True(Regex.IsMatch(text, $@"\blesson\.(Options\.)?{shared}\b"), $"{sample} ignores lesson.{shared}");
        foreach (Match own in Regex.Matches(text, @"static LessonOption<[^>]+>\s+(\w+)"))
            Assert.True(Regex.IsMatch(text, $@"\.Value\((\w+\.)?{own.Groups[1].Value}\)"), $"{sample} declares the option {own.Groups[1].Value} and never reads it");
        if (text.Contains("Learner.Create(", StringComparison.Ordinal))
            Assert.True(Regex.IsMatch(text, @"\blesson\.Callbacks(For)?\b"), $"{sample}'s learners lack the host's callbacks, and with them --precision and --resume");
    }

    [Fact]
    public void LessonsHaveNamesOfTheirOwn()
    {
        var names = SampleProject.All.Select(sample => sample.Lesson).ToList();

        Assert.All(names, name => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", name));
        Assert.Equal(names.Distinct(), names);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void ReadmeHasATitleAndTheCommand(string sample)
    {
        var readme = File.ReadAllText(Path.Combine(Root, "samples", sample, "README.md"));

        Assert.StartsWith("# ", readme, StringComparison.Ordinal);
        Assert.Contains("./course run ", readme, StringComparison.Ordinal);
    }

    // With what a project links from another lesson's folder.
    private static IEnumerable<string> Sources(string sample)
    {
        var folder = Path.Combine(Root, "samples", sample);
        var linked = from link in XDocument.Load(Path.Combine(folder, sample + ".csproj")).Descendants("Compile")
                     let pattern = Path.GetFullPath(Path.Combine(folder, link.Attribute("Include")!.Value))
                     from file in Directory.EnumerateFiles(Path.GetDirectoryName(pattern)!, Path.GetFileName(pattern))
                     select file;
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Concat(linked)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
    }
}
