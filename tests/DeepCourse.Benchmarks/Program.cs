using DeepCourse.Benchmarks;

// dotnet run -c Release --project tests/DeepCourse.Benchmarks -- [step|operations|loader|nms|nanodet|all] [--pairs N] [--out runs]
var names = args.TakeWhile(word => !word.StartsWith("--", StringComparison.Ordinal)).ToArray();
var pairs = int.Parse(Option("--pairs") ?? "7");
var runs = Option("--out") ?? "runs";
var benches = new (string Name, Func<int, IEnumerable<Comparison>> Run)[]
{
    ("operations", OperationBenchmark.Run),
    ("step", StepBenchmark.Run),
    ("loader", LoaderBenchmark.Run),
    ("nms", SuppressionBenchmark.Run),
    ("nanodet", NanoDetBenchmark.Run),
};
if (names is [] or ["all"]) names = [.. benches.Select(bench => bench.Name)];
foreach (var name in names)
{
    var bench = benches.FirstOrDefault(bench => bench.Name == name);
    if (bench.Run is null)
    {
        Console.Error.WriteLine($"no benchmark '{name}'; there are {string.Join(", ", benches.Select(bench => bench.Name))}");
        return 2;
    }
    Console.WriteLine($"{name}: pairs of runs, ours and PyTorch's in turn, {Environment.ProcessorCount} cores");
    Report.Write(name, [.. bench.Run(pairs)], runs);
}
return 0;

string? Option(string name)
{
    var index = Array.IndexOf(args, name);
    return index >= 0 && index + 1 < args.Length ? args[index + 1] : null;
}
