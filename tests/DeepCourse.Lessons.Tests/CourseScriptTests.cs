using System.Diagnostics;

namespace DeepCourse.Tests.Lessons;

/// <summary>How <c>./course</c> finds lessons, in a tree of its own that has nothing to build.</summary>
public sealed class CourseScriptTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("deepcourse-script-").FullName;

    public CourseScriptTests()
    {
        File.Copy(Path.Combine(SampleProject.Root, "course"), Path.Combine(_root, "course"));
        Sample("Lesson09.SingleShot", "<Project />");
        Sample("Lesson09.Yolo", "<Project>\n  <PropertyGroup>\n    <LessonName>lesson09-yolo</LessonName>\n  </PropertyGroup>\n</Project>\n");
        Sample("Lesson10.First", "<Project />");
        Sample("Lesson10.Second", "<Project />");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [SkippableTheory]
    [InlineData("lesson09", "Lesson09.SingleShot")]
    [InlineData("LESSON09", "Lesson09.SingleShot")]
    [InlineData("lesson09-yolo", "Lesson09.Yolo")]
    [InlineData("lesson09.yolo", "Lesson09.Yolo")]
    [InlineData("lesson09.singleshot", "Lesson09.SingleShot")]
    [InlineData("lesson10.second", "Lesson10.Second")]
    public void LessonAnswersToItsNameAndItsProjects(string name, string project) =>
        Assert.EndsWith("/samples/" + project, Bash($"find_lesson {name}").Output.TrimEnd(), StringComparison.Ordinal);

    [SkippableTheory]
    [InlineData("lesson11", "there is no lesson 'lesson11'; ./course list shows all")]
    [InlineData("lesson10", "'lesson10' may be any of: lesson10.first lesson10.second")]
    public void OtherNamesAreErrors(string name, string said)
    {
        var (code, _, errors) = Bash($"find_lesson {name}");

        Assert.NotEqual(0, code);
        Assert.Equal("error: " + said, errors.TrimEnd());
    }

    [SkippableFact]
    public void ListShowsEveryLesson()
    {
        var lines = Bash("list").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(["lesson09       About Lesson09.SingleShot", "lesson09-yolo  About Lesson09.Yolo"], lines[..2]);
    }

    [SkippableFact]
    public void RepositorysLessonsAreFoundUnderTheNameThatTheirProgramsHave()
    {
        Skip.If(OperatingSystem.IsWindows(), "the script needs bash");
        using var process = Start(SampleProject.Root, "list");
        var listed = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]);

        Assert.Equal(SampleProject.All.Select(sample => sample.Lesson), listed);
    }

    // A build of everything that fails is tried again, one project at a time, and counts only if it fails then too.
    [SkippableTheory]
    [InlineData(0, "", 1, "4 passed, 0 failed, 2 skipped", 0)]
    [InlineData(1, "", 2, "4 passed, 0 failed, 2 skipped", 0)]
    [InlineData(2, "", 2, "4 passed, 1 failed, 2 skipped", 1)]
    [InlineData(2, "First.Tests", 2, "2 passed, 1 failed, 1 skipped", 1)]
    [InlineData(0, "First.Tests", 1, "2 passed, 1 failed, 1 skipped", 1)]
    public void TestsAreRunWhateverTheBuildOfEverythingDoes(int failures, string broken, int builds, string sum, int code)
    {
        foreach (var name in (string[])["First.Tests", "Second.Tests"]) Directory.CreateDirectory(Path.Combine(_root, "tests", name));
        var dotnet = Path.Combine(_root, "dotnet");
        File.WriteAllText(dotnet, $$"""
            #!/usr/bin/env bash
            case $* in
                *DeepCourse.sln*)
                    echo "$*" >> {{_root}}/builds
                    (($(wc -l < {{_root}}/builds) > {{failures}}))
                    ;;
                build*) [[ -z "{{broken}}" || $* != *"{{broken}}"* ]] ;;
                test*) echo '<Counters total="3" executed="2" passed="2" failed="0" />' > "$(sed 's|.*--results-directory \([^ ]*\).*LogFileName=\([^ ]*\).*|\1/\2|' <<<"$*")" ;;
            esac
            """.ReplaceLineEndings("\n"));

        var (exit, output, _) = Bash($"chmod +x {dotnet}; PATH={_root}:$PATH; ensure() {{ :; }}; run_tests --filter Some");

        var tried = File.ReadAllLines(Path.Combine(_root, "builds"));
        Assert.Equal((code, sum), (exit, output.TrimEnd().Split('\n')[^1]));
        Assert.Equal(builds, tried.Length);
        Assert.DoesNotContain("-m:1", tried[0], StringComparison.Ordinal);
        Assert.All(tried[1..], again => Assert.Contains("-m:1", again, StringComparison.Ordinal));
    }

    private (int Code, string Output, string Errors) Bash(string call)
    {
        Skip.If(OperatingSystem.IsWindows(), "the script needs bash");
        using var process = Start(_root, call);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }

    // The script's functions, without its last part that reads the command line.
    private static Process Start(string root, string call) => Process.Start(
        new ProcessStartInfo("bash", ["-c", $"source <(sed '/^command=/,$d; s|^root=.*|root={root}|' {root}/course); {call}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    private void Sample(string project, string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, "samples", project)).FullName;
        File.WriteAllText(Path.Combine(folder, project + ".csproj"), text);
        File.WriteAllText(Path.Combine(folder, "README.md"), $"# About {project}\n");
    }
}
