using DeepCourse.Lessons;

namespace DeepCourse.Tests.Lessons;

/// <summary>What a lesson can do beside training, with options of its own.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly LessonRunner _runner = new();

    public void Dispose() => _runner.Dispose();

    [Fact]
    public void CommandHasItsOwnOptionsAndTheShared()
    {
        Assert.Equal(ExitCode.Success, _runner.Run("detect --input photos --threshold 0.5 --batch-size 3 --mix 0.25"));

        var lesson = _runner.Context;
        Assert.Equal(("photos", null, 0.5, 3, 0.25), (lesson.Value(_runner.Input), lesson.Value(_runner.Classes), lesson.Value(_runner.Threshold), lesson.BatchSize, lesson.Value(_runner.Mix)));
    }

    [Theory]
    [InlineData("detect", "detect needs --input DIR|FILE")]
    [InlineData("detect --input photos --threshold 1.5", "--threshold: expected 0 to 1, actual 1.5")]
    [InlineData("detect --input photos --threshold NaN", "--threshold: expected 0 to 1, actual NaN")]
    [InlineData("study --input photos", "'--input'")]
    [InlineData("--input photos", "'--input'")]
    public void NonsenseIsAUsageError(string arguments, string said)
    {
        Assert.Equal(ExitCode.Usage, _runner.Run(arguments));
        Assert.Contains(said, _runner.Errors.Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public void OptionOfAnotherCommandIsAFaultThatNamesIt()
    {
        Assert.Equal(ExitCode.Fault, _runner.Run("", lesson => lesson.Value(_runner.Threshold)));
        Assert.Contains("--threshold is no option of", _runner.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void CommandCannotDeclareASharedOptionAnew()
    {
        var info = new LessonInfo("Tiny") { Commands = [new LessonCommand("detect", "Looks", _ => { }) { Options = [LessonOption.Text("--weights", "Weights", "FILE")] }] };

        var wrong = Assert.Throws<ArgumentException>(() => new LessonCommandLine(info));
        Assert.Contains("--weights", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RunsKeptApartLeaveTheLastTrainingAlone()
    {
        _runner.Run("--seed 1");
        var trained = _runner.Context.Folder.Path;
        _runner.Run("detect --input photos --threshold 0.75");
        var detected = _runner.Context.Folder.Path;

        Assert.Equal(trained, Directory.ResolveLinkTarget(Path.Combine(_runner.Runs, "tiny", "latest"), true)!.FullName);
        Assert.Equal(detected, Directory.ResolveLinkTarget(Path.Combine(_runner.Runs, "tiny-detect", "latest"), true)!.FullName);
    }

    [Fact]
    public void OwnOptionsAreRepeatedFromTheOptionsFile()
    {
        _runner.Run("detect --input photos --threshold 0.75");
        var options = Path.Combine(_runner.Context.Folder.Path, "options.json");

        Assert.Equal(ExitCode.Success, _runner.Run($"detect --options {options} --input others"));
        Assert.Equal(("others", 0.75), (_runner.Context.Value(_runner.Input), _runner.Context.Value(_runner.Threshold)));
        Assert.Equal(ExitCode.Success, _runner.Run("detect --resume"));
        Assert.Equal(("others", 0.75), (_runner.Context.Value(_runner.Input), _runner.Context.Value(_runner.Threshold)));
    }
}
