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

    private static AblationResults Lesson10 { get; } = Read(
        "10", new() { ["data"] = "imdb", ["epochs"] = "1", ["size"] = "70", ["tokens"] = "5" }, "500 labels, all read",
        [new("accuracy") { Format = "0.0%" }],
        Named("100 labels"),
        Named("100 labels, topics alone", "100 labels"),
        Named("100 labels, no topics, all layers learn", "100 labels"),
        Named("100 labels, read nothing", "100 labels"),
        Named("100 labels, words counted", "100 labels"),
        Named("topics alone"),
        Named("no topics, all layers learn"),
        Named("read nothing"),
        Named("words counted"),
        Named("2,500 labels"),
        Named("2,500 labels, topics alone", "2,500 labels"),
        Named("2,500 labels, no topics, all layers learn", "2,500 labels"),
        Named("2,500 labels, read nothing", "2,500 labels"),
        Named("2,500 labels, words counted", "2,500 labels"),
        Named("no topics"),
        Named("words beside topics"),
        Named("the model reads English only"),
        Named("the model reads reviews only"),
        Named("without word vectors"),
        Named("English alone: no topics, no vectors"),
        Named("the head of ULMFiT, gradual unfreezing"),
        Named("all layers learn"),
        Named("from a random head", "all layers learn"),
        Named("each layer slower than the next", "all layers learn"),
        Named("slanted triangle", "all layers learn"));

    private static AblationResults Lesson12 { get; } = Read(
        "12",
        new()
        {
            ["data"] = "cifar10",
            ["epochs"] = "2",
            ["size"] = "32",
            ["model"] = "speednet",
            ["width"] = "32",
            ["batch"] = "2000",
            ["recipe"] = "Muon 0.24, linear, smoothing 0.2, mixup 0, Alternating 2 0, small 0.5, views moved, average none",
            ["precision"] = "bf16",
        },
        "the recipe",
        [new("test_accuracy") { Title = "test accuracy", Format = "0.0%" }, new("training_seconds") { Title = "seconds", Format = "0", HigherIsBetter = false }],
        [
            .. new[]
            {
                "no whitening", "SGD instead of Muon", "one cycle", "DAWNBench phases", "random mirroring", "no augmentation", "no label smoothing",
                "mixup", "cutout", "full size from the start", "no views", "moving average of weights",
            }.Select(name => Named(name)),
        ]);

    [Fact]
    public void PagesShowTheStudysNumbers()
    {
        Contains("ablations.md", Lesson9.ToMarkdown("test_map50"));
        Contains("lessons/09.md", Lesson9.ToMarkdown("test_map50"));
        Contains("lessons/09.md", Lesson9.ToMarkdown("test_map50_95"));
        Contains("lessons/10.md", Lesson10.ToMarkdown("accuracy"));
        Contains("lessons/12.md", Lesson12.ToMarkdown("test_accuracy"));
    }

    [Fact]
    public void ALessonsFileHasAllRuns()
    {
        Assert.Equal(21, Lesson9.Lines.Count);
        Assert.Equal([0.8351, 0.8422, 0.8298], Lesson9.Of("the recipe", "test_map50").Values);
        Assert.Equal(15, Lesson8.Lines.Count);
        Assert.Equal(78, Lesson10.Lines.Count);
        Assert.Equal(39, Lesson12.Lines.Count);
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
