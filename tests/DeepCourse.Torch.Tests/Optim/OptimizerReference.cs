using System.Text.Json;

namespace DeepCourse.Torch.Tests.Optim;

/// <summary>tests/Reference/optimizers.json, made by PyTorch (make_optimizers.py).</summary>
internal static class OptimizerReference
{
    private static readonly Lazy<JsonDocument> document = new(() => JsonDocument.Parse(File.ReadAllText(Find())));

    internal static JsonElement Root => document.Value.RootElement;

    internal static double[] Numbers(JsonElement element) => [.. element.EnumerateArray().Select(x => x.GetDouble())];

    /// <summary>The parameters of the script, and the objective sum(sin(a p)) + sum(c p p) over them.</summary>
    internal static (Parameter[] Parameters, Func<Tensor> Objective) Problem(ScalarType type)
    {
        var parts = Root.GetProperty("parameters").EnumerateArray().Select(part =>
        {
            var shape = part.GetProperty("shape").EnumerateArray().Select(x => x.GetInt64()).ToArray();
            Tensor Read(string name) => tensor(Numbers(part.GetProperty(name)), dtype: type).reshape(shape);
            return (Parameter: new Parameter(Read("start")), A: Read("a"), C: Read("c"));
        }).ToArray();
        return (
            [.. parts.Select(part => part.Parameter)],
            () => parts.Select(part => (part.A * part.Parameter).sin().sum() + (part.C * part.Parameter * part.Parameter).sum())
                .Aggregate((left, right) => left + right));
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "tests", "Reference", "optimizers.json");
            if (File.Exists(file)) return file;
        }
        throw new FileNotFoundException("tests/Reference/optimizers.json is not above the test assembly.");
    }
}
