using System.Diagnostics;
using DeepCourse.Benchmarks;

// dotnet run -c Release --project tests/DeepCourse.Benchmarks -- [NAME...|micro|corpus|folders|store] [--pairs N] [--minutes N] [--megabytes N] [--files N] [--device cuda:N] [--out runs] [--page FILE]
var names = args.TakeWhile(word => !word.StartsWith("--", StringComparison.Ordinal)).ToArray();
var runs = Option("--out") ?? "runs";
const string PyTorch = "PyTorch";
var benches = new (string Name, string Peer, Func<int, IEnumerable<Comparison>> Run)[]
{
    ("step", PyTorch, StepBenchmark.Run),
    ("inference", PyTorch, InferenceBenchmark.Run),
    ("awdlstm", PyTorch, AwdLstmBenchmark.Run),
    ("operations", PyTorch, OperationBenchmark.Run),
    ("startup", PyTorch, StartupBenchmark.Run),
    ("overhead", OverheadBenchmark.Peer, OverheadBenchmark.Run),
    ("loader", PyTorch, LoaderBenchmark.Run),
    ("nms", PyTorch, SuppressionBenchmark.Run),
    ("nanodet", PyTorch, NanoDetBenchmark.Run),
    ("tokenizers", TokenizerBenchmark.Peer, TokenizerBenchmark.Run),
    ("gpu", PyTorch, pairs => GpuBenchmark.Run(pairs, Option("--device"))),
};
switch (names)
{
    // The process whose start StartupBenchmark measures.
    case [StartupBenchmark.Child, ..]:
        StartupBenchmark.Step(names.ElementAtOrDefault(1));
        return 0;
    // Absolute figures with their spread and allocations, for one machine: they compare two versions, not two libraries.
    case ["micro"]:
        MicroBenchmarks.Run(runs);
        return 0;
    case ["corpus"]:
        CorpusBenchmark.Run(runs, int.Parse(Option("--megabytes") ?? "1024"));
        return 0;
    case ["folders"]:
        FoldersBenchmark.Run(runs, int.Parse(Option("--files") ?? "1000000"));
        return 0;
    case ["store"]:
        StoreBenchmark.Run(runs, int.Parse(Option("--files") ?? "4000"));
        return 0;
}
var all = names is [] or ["all"];
if (all) names = [.. benches.Select(bench => bench.Name)];
if (names.FirstOrDefault(name => benches.All(bench => bench.Name != name)) is { } unknown)
{
    Console.Error.WriteLine($"no benchmark '{unknown}'; there are {string.Join(", ", benches.Select(bench => bench.Name))}, micro, corpus, folders and store");
    return 2;
}
// All of them together end within ten minutes on two cores, however slow the machine is: what does not fit is left out.
var pairs = int.Parse(Option("--pairs") ?? (all ? "5" : "7"));
var minutes = double.Parse(Option("--minutes") ?? (all ? "9" : "60"));
var clock = Stopwatch.StartNew();
foreach (var name in names)
{
    var bench = benches.Single(bench => bench.Name == name);
    Console.WriteLine($"{name}: {pairs} pairs of runs, ours and {bench.Peer} in turn, {Environment.ProcessorCount} cores");
    if (clock.Elapsed.TotalMinutes > minutes)
    {
        Report.Skip(name, $"{minutes:0.#} minutes were over; --minutes gives more");
        continue;
    }
    foreach (var row in bench.Run(pairs))
    {
        Report.Add(name, bench.Peer, row);
        if (clock.Elapsed.TotalMinutes <= minutes) continue;
        Report.Skip(name, $"{minutes:0.#} minutes were over after '{row.What}'; --minutes gives more");
        break;
    }
}
Report.Write(all ? "all" : string.Join('-', names), clock.Elapsed.TotalSeconds, runs, all ? Option("--page") : null);
return 0;

string? Option(string name)
{
    var index = Array.IndexOf(args, name);
    return index >= 0 && index + 1 < args.Length ? args[index + 1] : null;
}
