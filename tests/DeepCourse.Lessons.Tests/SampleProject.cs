using System.Diagnostics;
using System.Xml.Linq;

namespace DeepCourse.Tests.Lessons;

/// <summary>A project under samples.</summary>
/// <param name="Project">Name of project, folder and program, such as <c>Lesson08.LargestObject</c>.</param>
/// <param name="Lesson">Name of command and run folder, such as <c>lesson08</c>.</param>
internal sealed record SampleProject(string Project, string Lesson)
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SampleProject> All { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "samples"), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Read),
    ];

    public static SampleProject Of(string project) => All.Single(sample => sample.Project == project);

    private static SampleProject Read(string file)
    {
        var project = Path.GetFileNameWithoutExtension(file);
        return new(project, XDocument.Load(file).Descendants("LessonName").FirstOrDefault()?.Value ?? project.Split('.')[0].ToLowerInvariant());
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "DeepCourse.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    /// <summary>Runs the sample's program as its users do.</summary>
    public static (int Code, string Said) Start(string sample, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, sample + ".dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(4)), "still running after four minutes");
        return (process.ExitCode, errors.Result + output.Result);
    }
}
