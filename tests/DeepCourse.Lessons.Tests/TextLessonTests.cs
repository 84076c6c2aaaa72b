using System.Text.Json;
using DeepCourse.Lessons;

namespace DeepCourse.Tests.Lessons;

/// <summary>What a user does with the text lesson's weights.</summary>
public sealed class TextLessonTests : IDisposable
{
    private const string Sample = "Lesson10.Ulmfit";
    private readonly string _runs = Directory.CreateTempSubdirectory("deepcourse-text-").FullName;

    public void Dispose() => Directory.Delete(_runs, recursive: true);

    [Fact]
    public void WhatWasLearnedJudgesAndWrites()
    {
        Run(ExitCode.Success, "pretrain", "--smoke");
        var general = Latest("lesson10-pretrain", "english.safetensors");
        Run(ExitCode.Success, "--smoke", "--weights", general);

        var said = Run(ExitCode.Success, "predict", "--text", "The film was great and made me smile .", "--weights", Latest("lesson10", "classifier.safetensors"));
        Assert.Matches("(pos|neg), [0-9.]+%", said);
        using var metrics = JsonDocument.Parse(File.ReadAllText(Latest("lesson10-predict", "metrics.json")));
        var sum = metrics.RootElement.GetProperty("probability_pos").GetDouble() + metrics.RootElement.GetProperty("probability_neg").GetDouble();
        Assert.Equal(1, sum, 1e-4);

        said = Run(ExitCode.Success, "generate", "--text", "The film", "--length", "12", "--weights", Latest("lesson10", "language-model.safetensors"));
        Assert.Contains("The film", said, StringComparison.Ordinal);
    }

    [Fact]
    public void AllOfItRunsInBothDirections()
    {
        Run(ExitCode.Success, "--smoke", "--full");
        using var metrics = JsonDocument.Parse(File.ReadAllText(Latest("lesson10", "metrics.json")));
        foreach (var name in (string[])["accuracy", "accuracy_forward", "accuracy_backward", "lm_perplexity_forward", "lm_perplexity_backward"])
            Assert.True(double.IsFinite(metrics.RootElement.GetProperty(name).GetDouble()), name);
    }

    [Fact]
    public void PredictingWithoutAClassifierSaysWhatIsMissing() =>
        Assert.Contains("--weights", Run(ExitCode.Usage, "predict", "--text", "Fine."), StringComparison.Ordinal);

    private string Latest(string runs, string file) => Path.Combine(_runs, runs, "latest", file);

    private string Run(int code, params string[] arguments)
    {
        var (actual, said) = SampleProject.Start(Sample, [.. arguments, "--device", "cpu", "--out", _runs]);
        Assert.True(actual == code, said);
        return said;
    }
}
