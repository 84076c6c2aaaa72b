using System.Diagnostics;
using System.Globalization;
using DeepCourse.Data;
using DeepCourse.Losses;
using DeepCourse.Optimization;
using DeepCourse.Training;

namespace DeepCourse.Benchmarks;

/// <summary>From the start of a process to its first training step, libtorch's shared libraries included: ours with a Learner,
/// PyTorch's with a loop written by hand.</summary>
internal static class StartupBenchmark
{
    /// <summary>The argument that makes this program the process that is measured.</summary>
    internal const string Child = "startup-child";

    private const string Done = "stepped";

    // What the child said when, in seconds since its start.
    private static List<string> parts = [];

    internal static IEnumerable<Comparison> Run(int pairs)
    {
        if (Peer.Find("torch") is not { } python)
        {
            Report.Skip("startup", Peer.Missing("torch"));
            yield break;
        }
        string[] ours = ["exec", typeof(StartupBenchmark).Assembly.Location, Child];
        string[] theirs = [Path.Combine(AppContext.BaseDirectory, "Peers", "startup.py")];
        // Both once, so that the files are in memory for both.
        _ = (Seconds(Environment.ProcessPath!, ours), Seconds(python, theirs));
        yield return new Comparison("startup", "seconds") { What = "process start to first training step", Bar = 1.00 }
            .Measure(pairs, () => Seconds(Environment.ProcessPath!, ours), () => Seconds(python, theirs));
        Console.WriteLine($"startup, the last of ours: {string.Join(", ", parts)}");
    }

    /// <summary>What the measured process does.</summary>
    /// <param name="start">The parent's clock when it started this process; null where nobody asks for the parts.</param>
    internal static void Step(string? start)
    {
        Say("runtime");
        using Tensor images = randn(16, 3, 32, 32), classes = randint(0, 10, [16], int64);
        Say("libtorch");
        var options = new LoaderOptions(16);
        var data = new Loaders<Tensor, Tensor>(
            new TensorLoader<Tensor, Tensor>(images, classes, 16, options), new TensorLoader<Tensor, Tensor>(images, classes, 0, options));
        using var model = Sequential(Conv2d(3, 8, 3), BatchNorm2d(8), ReLU(), AdaptiveAvgPool2d(1), Flatten(), Linear(8, 10));
        Say("model");
        using var learner = Learner.Create(data, model, Loss.CrossEntropy, Optimizers.AdamW());
        learner.Fit(1);
        Say(Done);

        // The clock is the machine's: both processes read the same.
        void Say(string part) => Console.WriteLine(start is null ? part : FormattableString.Invariant(
            $"{part} {Stopwatch.GetElapsedTime(long.Parse(start)).TotalSeconds:0.00}"));
    }

    private static double Seconds(string program, string[] arguments)
    {
        var start = Stopwatch.GetTimestamp();
        string[] all = [.. arguments, start.ToString(CultureInfo.InvariantCulture)];
        using var process = Process.Start(new ProcessStartInfo(program, all) { RedirectStandardOutput = true })!;
        var said = new List<string>();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            said.Add(line);
            if (!line.StartsWith(Done, StringComparison.Ordinal)) continue;
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            process.WaitForExit();
            if (said.Count > 1) parts = said;
            return seconds;
        }
        throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended without a step");
    }
}
