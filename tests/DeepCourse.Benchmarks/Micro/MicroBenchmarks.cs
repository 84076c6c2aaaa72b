using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace DeepCourse.Benchmarks;

/// <summary>Runs the micro benchmarks, one class for each question, with the bytes that an operation allocates.</summary>
internal static class MicroBenchmarks
{
    internal static void Run(string runs)
    {
        // In this process: a project of its own per class would compile the shim's users again for minutes.
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddExporter(MarkdownExporter.GitHub)
            .AddLogger(ConsoleLogger.Default)
            .WithArtifactsPath(Path.Combine(runs, "bench-micro", "latest"));
        foreach (var question in new[] { typeof(TensorCreationBenchmark), typeof(AdditionBenchmark), typeof(OperationChainBenchmark) })
            BenchmarkRunner.Run(question, config);
    }
}
