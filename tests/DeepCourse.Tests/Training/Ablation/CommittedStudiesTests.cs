using DeepCourse.Reporting;
using DeepCourse.Training.Ablation;

namespace DeepCourse.Tests.Training.Ablation;

/// <summary>The studies whose files are in docs/lessons: they read, and what the pages say of them is what they give.</summary>
public sealed class CommittedStudiesTests
{
    private static string Docs { get; } = Path.GetFullPath(Path.Combine(ReferenceFiles.PathOf("."), "..", "..", "docs"));

    private static AblationResults Lesson9 { get; } = Read(
        "09", new() { ["data"] = "bccd", ["epochs"] = "6", ["size"] = "192" }, "the recipe",
        [new("test_map50") { Title = "mAP@.5" }, new("test_map50_95") { Title = "mAP@.5:.95" }],
        Named("focal loss"), Named("binary cross-entropy"), Named("hard negatives, 3 to 1"), Named("L1 for boxes"), Named("no augmentation"), Named("body from scratch"));

    private static AblationResults Lesson8 { get; } = Read(
        "08", new() { ["data"] = "scenes", ["epochs"] = "4", ["size"] = "128" }, "both",
        [new("seen_accuracy"), new("unseen_accuracy"), new("seen_iou"), new("unseen_iou")],
        Named("class alone"), Named("box alone"), Named("both, twice as long"), Named("both, twice as long, from scratch", "both, twice as long"));

    [Fact]
    public void PagesShowTheStudysNumbers()
    {
        Contains("ablations.md", Lesson9.ToMarkdown("test_map50"));
        Contains("lessons/09.md", Lesson9.ToMarkdown("test_map50"));
        Contains("lessons/09.md", Lesson9.ToMarkdown("test_map50_95"));
    }

    [Fact]
    public void ALessonsFileHasAllRuns()
    {
        Assert.Equal(21, Lesson9.Lines.Count);
        Assert.Equal([0.8351, 0.8422, 0.8298], Lesson9.Of("the recipe", "test_map50").Values);
        Assert.Equal(15, Lesson8.Lines.Count);
        // One task alone has no number in the other's metric.
        Assert.Equal(0, Lesson8.Of("box alone", "seen_accuracy").Count);
        Assert.Equal(["class alone", "both, twice as long", "both, twice as long, from scratch"], Lesson8.Compare("seen_accuracy").Select(each => each.Trial));
    }

    [Fact]
    public void TheFigureSaysWhatTheTableSays()
    {
        var figure = Lesson9.Figure("test_map50");

        Assert.Equal(6, figure.Rows.Count);
        // Training from scratch costs ten times what the others differ by: it leaves the chart.
        Assert.InRange(figure.Limit!.Value, 0.05, 0.3);
        Assert.Equal(Tone.Bad, figure.Rows.Single(row => row.Name == "body from scratch").Tone);
        Assert.Contains("binary cross-entropy: +0.031 from +0.022 to +0.040, better", figure.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void AReportGetsFigureAndTableOfEveryMetric()
    {
        var report = new HtmlReport("Study");
        report.Section("Lesson 8").Ablation(Lesson8);
        var html = report.ToHtml();

        foreach (var metric in Lesson8.Metrics) Assert.Contains($"<h3>{metric.Name}: difference by change</h3>", html, StringComparison.Ordinal);
        Assert.Contains("both, twice as long, from scratch (against both, twice as long)", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
    }

    private static void Contains(string page, string table)
    {
        var path = Path.Combine(Docs, page);
        Assert.True(File.ReadAllText(path).Contains(table, StringComparison.Ordinal), $"{path} should have this table:\n{table}");
    }

    // Only names matter where nothing is trained.
    private static Switch<string> Named(string name, string? against = null) => new(name, recipe => recipe) { Against = against };

    private static AblationResults Read(
        string lesson, Dictionary<string, string> settings, string baseName, AblationMetric[] metrics, params Switch<string>[] changes) =>
        new Ablation<string>(lesson, "", changes, metrics) { BaseName = baseName, Settings = settings }
            .Read(Path.Combine(Docs, "lessons", $"{lesson}-study.csv"));
}
