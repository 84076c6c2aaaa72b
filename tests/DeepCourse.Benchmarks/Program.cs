using DeepCourse.Benchmarks;

// dotnet run -c Release --project tests/DeepCourse.Benchmarks -- [step|operations|loader|nms|nanodet|awdlstm|tokenizers|overhead|micro|corpus|folders|all] [--pairs N] [--megabytes N] [--files N] [--out runs]
var names = args.TakeWhile(word => !word.StartsWith("--", StringComparison.Ordinal)).ToArray();
var pairs = int.Parse(Option("--pairs") ?? "7");
var runs = Option("--out") ?? "runs";
const string PyTorch = "PyTorch";
var benches = new (string Name, string Peer, Func<int, IEnumerable<Comparison>> Run)[]
{
    ("operations", PyTorch, OperationBenchmark.Run),
    ("step", PyTorch, StepBenchmark.Run),
    ("loader", PyTorch, LoaderBenchmark.Run),
    ("nms", PyTorch, SuppressionBenchmark.Run),
    ("nanodet", PyTorch, NanoDetBenchmark.Run),
    ("awdlstm", PyTorch, AwdLstmBenchmark.Run),
    ("tokenizers", TokenizerBenchmark.Peer, TokenizerBenchmark.Run),
    ("overhead", OverheadBenchmark.Peer, OverheadBenchmark.Run),
};
// Absolute figures with their spread and allocations, for one machine: they compare two versions, not two libraries.
if (names is ["micro"])
{
    MicroBenchmarks.Run(runs);
    return 0;
}
if (names is ["corpus"])
{
    CorpusBenchmark.Run(runs, int.Parse(Option("--megabytes") ?? "1024"));
    return 0;
}
if (names is ["folders"])
{
    FoldersBenchmark.Run(runs, int.Parse(Option("--files") ?? "1000000"));
    return 0;
}
if (names is [] or ["all"]) names = [.. benches.Select(bench => bench.Name)];
foreach (var name in names)
{
    var bench = benches.FirstOrDefault(bench => bench.Name == name);
    if (bench.Run is null)
    {
        Console.Error.WriteLine($"no benchmark '{name}'; there are {string.Join(", ", benches.Select(bench => bench.Name))}, micro, corpus and folders");
        return 2;
    }
    Console.WriteLine($"{name}: pairs of runs, ours and {bench.Peer} in turn, {Environment.ProcessorCount} cores");
    Report.Write(name, bench.Peer, [.. bench.Run(pairs)], runs);
}
return 0;

string? Option(string name)
{
    var index = Array.IndexOf(args, name);
    return index >= 0 && index + 1 < args.Length ? args[index + 1] : null;
}
