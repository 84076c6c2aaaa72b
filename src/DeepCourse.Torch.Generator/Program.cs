using DeepCourse.Torch.Generator;

// Reads operators.txt and writes the generated half of the binding, with torch.tensor for every element type:
//   dotnet run --project src/DeepCourse.Torch.Generator [-- <folder of DeepCourse.Torch>]
var binding = args.Length > 0 ? args[0] : Path.Combine("src", "DeepCourse.Torch");
var table = Path.Combine(binding, "operators.txt");
if (!File.Exists(table))
{
    Console.Error.WriteLine($"No operator table at {table}; run from the repository's root or name the binding's folder.");
    return 2;
}

try
{
    var files = GeneratedCode.From(OperatorTable.Parse(File.ReadAllLines(table)));
    var folder = Path.Combine(binding, "Generated");
    Directory.CreateDirectory(folder);
    foreach (var stale in Directory.GetFiles(folder, "*.g.cs").Where(f => !files.ContainsKey(Path.GetFileName(f))))
        File.Delete(stale);
    foreach (var (name, text) in files) File.WriteAllText(Path.Combine(folder, name), text);
    Console.WriteLine($"{files.Count} files in {folder}");
    return 0;
}
catch (FormatException fault)
{
    Console.Error.WriteLine($"{table}: {fault.Message}");
    return 1;
}
