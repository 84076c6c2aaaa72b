using DeepCourse.Torch.Generator;
using TorchSharp.Interop;

namespace DeepCourse.Torch.Tests.Operators;

/// <summary>The operator table, what is generated from it, and the libtorch that is loaded agree.</summary>
public sealed class OperatorTableTests
{
    // Operators of later versions, which the binding replaces where they are missing.
    private static readonly HashSet<string> s_later = ["scaled_dot_product_attention"];

    private static string Binding => Path.Combine(Repository.Root, "src", "DeepCourse.Torch");

    private static OperatorTable Table => OperatorTable.Parse(File.ReadLines(Path.Combine(Binding, "operators.txt")));

    [Fact]
    public void GeneratedFiles_AreThoseTheTableGives()
    {
        var expected = GeneratedCode.From(Table);
        var folder = Path.Combine(Binding, "Generated");

        Assert.Equal(expected.Keys.Order(), Directory.GetFiles(folder).Select(f => Path.GetFileName(f)!).Order());
        foreach (var (name, text) in expected)
            Assert.True(text == File.ReadAllText(Path.Combine(folder, name)), $"{name} is out of date: dotnet run --project src/DeepCourse.Torch.Generator");
    }

    [Fact]
    public void EveryOperator_IsInLibtorchWithTheseParameters()
    {
        var faults = new List<string>();
        foreach (var schema in Table.Schemas.Where(s => !s_later.Contains(s.Name)))
        {
            var operation = new Operator($"aten::{schema.Name}", schema.Overload);
            if (!operation.Exists)
            {
                faults.Add($"{operation.Name} is missing");
                continue;
            }

            // A later version may append arguments, widen an integer to a number and mark a keyword of Python's; names and
            // order stay.
            var native = Schema.Parse(operation.Schema["aten::".Length..]).Parameters;
            if (!Names(schema.Parameters).SequenceEqual(Names(native.Take(schema.Parameters.Count))))
                faults.Add($"{operation.Name} is {operation.Schema}");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static IEnumerable<string> Names(IEnumerable<SchemaParameter> parameters) => parameters.Select(p => p.Name.TrimEnd('_'));
}
