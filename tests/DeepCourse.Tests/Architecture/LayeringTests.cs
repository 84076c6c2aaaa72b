using System.Text.RegularExpressions;

namespace DeepCourse.Tests.Architecture;

/// <summary>The rules of the house that a compiler does not know.</summary>
public sealed partial class LayeringTests
{
    private static readonly Dictionary<string, int> Ranks = new()
    {
        ["Tensors"] = 0,
        ["Reporting"] = 0,
        ["Distributed"] = 0,
        ["Layers"] = 1,
        ["Losses"] = 1,
        ["Metrics"] = 1,
        ["Optimization"] = 1,
        ["Data"] = 2,
        ["Training"] = 3,
        ["Vision"] = 4,
        ["Text"] = 4,
        ["Tabular"] = 4,
        ["Generative"] = 5,
        ["Multimodal"] = 5,
        ["Reinforcement"] = 5,
    };

    private static string Root { get; } = Path.GetFullPath(
        Path.Combine(Path.GetDirectoryName(ReferenceFiles.PathOf("x"))!, "..", ".."));

    [Fact]
    public void Folders_UseOnlyThoseOfLowerRank()
    {
        var breaches = from file in Library()
                       let folder = FolderOf(file)
                       from used in Matches(Uses(), file)
                       where used != folder && Ranks[used] >= Ranks[folder]
                       select $"{Name(file)} uses {used}";
        Assert.Empty(breaches);
    }

    [Fact]
    public void Reporting_KnowsNoTensor() => Assert.Empty(
        Library()
            .Where(file => FolderOf(file) == "Reporting")
            .Where(file => Regex.IsMatch(File.ReadAllText(file), @"\bTensor\b|DeepCourse\.(?!Reporting)\w+"))
            .Select(Name));

    [Fact]
    public void TheLoop_ExistsOnce() => Assert.Equal(
        // A step that is recorded has its backward pass within.
        ["src/DeepCourse/Training/Graphs/CudaGraphStep.cs", "src/DeepCourse/Training/Learner.cs"],
        Library().Concat(Sources("samples"))
            .Where(file => Loop().IsMatch(File.ReadAllText(file)))
            .Select(Name)
            .Where(name => !name.EndsWith("/GanLearner.cs", StringComparison.Ordinal)));

    [Fact]
    public void Files_AreShort() => Assert.Empty(
        from file in Sources("src").Concat(Sources("samples"))
        where !file.EndsWith(".g.cs", StringComparison.Ordinal)
        let lines = File.ReadLines(file).Count()
        where lines > 300
        select $"{Name(file)}: {lines} lines");

    [Fact]
    public void Names_SayWhatThingsAre()
    {
        // The binding is left out: it has the names of the API that it mirrors.
        string[] files = [.. Library(), .. Sources("src/DeepCourse.Lessons"), .. Sources("samples")];
        var folders = files.Select(file => Path.GetFileName(Path.GetDirectoryName(file)!));
        var types = files.SelectMany(file => Matches(Types(), file));
        Assert.DoesNotContain(folders.Concat(types).Distinct(), name => Vague().IsMatch(name));
    }

    [Fact]
    public void Scopes_AreDetachedOnlyByOwners()
    {
        // Whoever keeps a tensor beyond its scope frees it: such a file must say Dispose or Reset or CleanupFit.
        var forgetful = from file in Library()
                        let text = File.ReadAllText(file)
                        where text.Contains("DetachFromDisposeScope", StringComparison.Ordinal)
                        where !text.Contains("Dispose()", StringComparison.Ordinal)
                        where !text.Contains("Dispose(bool", StringComparison.Ordinal)
                        select Name(file);
        Assert.Empty(forgetful);
    }

    private static IEnumerable<string> Library() => Sources("src/DeepCourse");

    private static IEnumerable<string> Sources(string folder) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
        .Where(file => !file.Contains("/bin/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Matches(Regex pattern, string file) =>
        pattern.Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value).Distinct();

    private static string FolderOf(string file) =>
        Path.GetRelativePath(Path.Combine(Root, "src", "DeepCourse"), file).Split('/')[0];

    private static string Name(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    // A using directive, or a name of one of the library's namespaces in front of a type.
    [GeneratedRegex(
        @"\bDeepCourse\.(Tensors|Reporting|Distributed|Layers|Losses|Metrics|Optimization|Data|Training|" +
        @"Vision|Text|Tabular|Generative|Multimodal|Reinforcement)\b")]
    private static partial Regex Uses();

    [GeneratedRegex(@"\.backward\(|\.zero_grad\(")]
    private static partial Regex Loop();

    [GeneratedRegex(@"\b(?:class|struct|record|interface|enum) (\w+)")]
    private static partial Regex Types();

    [GeneratedRegex("(Util|Utils|Utility|Helper|Helpers|Manager|Common|Misc|Impl)$")]
    private static partial Regex Vague();
}
