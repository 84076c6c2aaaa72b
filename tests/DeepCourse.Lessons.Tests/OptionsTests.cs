using DeepCourse.Lessons;

namespace DeepCourse.Tests.Lessons;

public sealed class OptionsTests : IDisposable
{
    private readonly LessonRunner _runner = new();

    public void Dispose() => _runner.Dispose();

    [Fact]
    public void DefaultsAreTheLessons()
    {
        Assert.Equal(ExitCode.Success, _runner.Run(""));

        var lesson = _runner.Context;
        Assert.Equal(("scenes", 8, 16, 4e-4, 64, 42), (lesson.Data, lesson.Epochs, lesson.BatchSize, lesson.LearningRate, lesson.Size, lesson.Seed));
        Assert.Equal(("small", 0.5), (lesson.Value(_runner.Backbone), lesson.Value(_runner.Mix)));
        Assert.Null(lesson.Path);
        Assert.False(lesson.Smoke);
    }

    [Fact]
    public void EveryOptionCanBeGiven()
    {
        Assert.Equal(ExitCode.Success, _runner.Run("--data voc --path /data --epochs 3 --batch-size 4 --learning-rate 1e-2 --size 32 --device cpu --seed 7 --weights w.safetensors --precision bf16 --workers 0 --backbone large --mix 0.25"));

        var options = _runner.Context.Options;
        Assert.Equal(("voc", "/data", 3, 4, 0.01, 32, "cpu", 7, "w.safetensors", "bf16", 0),
            (options.Data, options.Path, options.Epochs, options.BatchSize, options.LearningRate, options.Size, options.Device, options.Seed, options.Weights, options.Precision, options.Workers));
        Assert.Equal(("large", 0.25), (_runner.Context.Value(_runner.Backbone), _runner.Context.Value(_runner.Mix)));
    }

    [Theory]
    [InlineData("--backbone large", 4, 1e-3)]
    [InlineData("--backbone large --batch-size 16", 16, 1e-3)]
    [InlineData("--backbone large --learning-rate 4e-4", 4, 4e-4)]
    [InlineData("--backbone small", 16, 4e-4)]
    public void WhatFollowsFromOwnOptions_UnlessGiven_AlsoWhenResumed(string arguments, int batchSize, double rate)
    {
        _runner.Run(arguments);
        Assert.Equal((batchSize, rate), (_runner.Context.BatchSize, _runner.Context.LearningRate));

        _runner.Run("--resume");
        Assert.Equal((batchSize, rate), (_runner.Context.BatchSize, _runner.Context.LearningRate));
    }

    [Theory]
    [InlineData("--smoke", 2)]
    [InlineData("--smoke --epochs 5", 5)]
    public void SmokeShortensTheRunUnlessToldOtherwise(string arguments, int epochs)
    {
        _runner.Run(arguments);

        Assert.Equal(epochs, _runner.Context.Epochs);
    }

    [Theory]
    [InlineData("--data voc", 3, 32)]
    [InlineData("--data voc --epochs 5", 5, 32)]
    [InlineData("--data voc --size 48", 3, 48)]
    [InlineData("--data scenes", 8, 64)]
    public void ADataSetCanHaveDefaultsOfItsOwn(string arguments, int epochs, int size)
    {
        _runner.Run(arguments);

        Assert.Equal((epochs, size), (_runner.Context.Epochs, _runner.Context.Size));
    }

    [Fact]
    public void FallingBackTakesTheOtherSetsDefaultsAndKeepsWhatWasGiven()
    {
        _runner.Run("--size 48", lesson => lesson.FallBackTo("voc"));

        Assert.Equal(("voc", 3, 48), (_runner.Context.Data, _runner.Context.Epochs, _runner.Context.Size));
        _runner.Run($"--resume {Path.GetDirectoryName(_runner.Latest("options.json"))}");
        Assert.Equal(("voc", 3, 48), (_runner.Context.Data, _runner.Context.Epochs, _runner.Context.Size));
    }

    [Theory]
    [InlineData("--epochs 0", "--epochs: expected at least 1, actual 0")]
    [InlineData("--epochs many", "'many'")]
    [InlineData("--learning-rate -1", "--learning-rate: expected more than 0, actual -1")]
    [InlineData("--learning-rate NaN", "--learning-rate: expected more than 0")]
    [InlineData("--workers -1", "--workers: expected at least 0")]
    [InlineData("--data faces", "'faces'")]
    [InlineData("--precision fp8", "'fp8'")]
    [InlineData("--precision fp16 --device cpu", "needs a GPU")]
    [InlineData("--graphs --device cpu", "--graphs: ")]
    [InlineData("--backbone huge", "'huge'")]
    [InlineData("--bogus", "'--bogus'")]
    [InlineData("dance", "'dance'")]
    [InlineData("--device tpu", "--device")]
    [InlineData("--device cuda:99", "cuda:99")]
    [InlineData("--expect accuracy", "METRIC>=NUMBER")]
    [InlineData("--resume", "no options file")]
    [InlineData("--options nowhere.json", "'nowhere.json'")]
    public void NonsenseIsAUsageErrorInOneLine(string arguments, string said)
    {
        var ran = false;

        Assert.Equal(ExitCode.Usage, _runner.Run(arguments, _ => ran = true));
        Assert.False(ran);
        var first = _runner.Errors.Split('\n')[0];
        Assert.StartsWith("error: ", first, StringComparison.Ordinal);
        Assert.Contains(said, first, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_runner.Runs, "tiny")), "a usage error leaves no run folder");
    }

    [Fact]
    public void OptionsFileRepeatsARunAndTheCommandLineWins()
    {
        _runner.Run("study --epochs 3 --backbone large --seed 5 --smoke");
        var file = Path.Combine(_runner.Runs, "kept.json");
        File.Copy(_runner.Latest("options.json"), file);

        Assert.Equal(ExitCode.Success, _runner.Run($"train --options {file} --seed 6"));

        var options = _runner.Context.Options;
        Assert.Equal((3, "large", 6, true), (options.Epochs, _runner.Context.Value(_runner.Backbone), options.Seed, options.Smoke));
    }

    [Fact]
    public void OptionsFileRepeatsTheCommandToo()
    {
        _runner.Run("study");
        Assert.Equal(ExitCode.Success, _runner.Run($"--options {_runner.Latest("options.json")} --expect study>=1"));
    }

    [Fact]
    public void BrokenOptionsFileIsAUsageError()
    {
        var file = Path.Combine(_runner.Runs, "broken.json");
        File.WriteAllText(file, "{ \"options\": 3 ");

        Assert.Equal(ExitCode.Usage, _runner.Run($"--options {file}"));
        Assert.Contains("broken.json", _runner.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("accuracy>=0.75", 0.75, true)]
    [InlineData("accuracy>=0.75", 0.7499, false)]
    [InlineData("accuracy > 0.75", 0.75, false)]
    [InlineData("accuracy<=1e-3", 0.001, true)]
    [InlineData("accuracy<2", 2, false)]
    [InlineData("accuracy>=0", double.NaN, false)]
    [InlineData("other>=0", 1, false)]
    public void ExpectationComparesOneMetric(string text, double value, bool reached) =>
        Assert.Equal(reached, Expectation.Parse(text).Check(new Dictionary<string, double> { ["accuracy"] = value }) is null);

    [Theory]
    [InlineData("")]
    [InlineData(">=1")]
    [InlineData("a>=")]
    [InlineData("a=1")]
    [InlineData("a>=Infinity")]
    public void ExpectationsThatAreNoneAreRefused(string text) => Assert.Throws<UsageException>(() => Expectation.Parse(text));
}
