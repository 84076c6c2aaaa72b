namespace DeepCourse.Torch.Generator;

/// <summary>All generated files by file name: those made from the operator table, the factories over managed memory, and the optimizers' fields.</summary>
public static class GeneratedCode
{
    public static IReadOnlyDictionary<string, string> From(OperatorTable table)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);

        // The raw layer is cut by first letter so that a change of the table touches small files.
        foreach (var letter in table.Schemas.GroupBy(s => char.ToUpperInvariant(s.Name[0])).OrderBy(g => g.Key))
            files[$"Aten.{letter.Key}.g.cs"] = RawLayer.Write(letter);

        foreach (var owner in table.Members.GroupBy(m => m.Owner).OrderBy(g => g.Key))
            files[$"{owner.Key}.g.cs"] = PublicLayer.Write(owner.Key, owner, table);

        files["torch.tensor.g.cs"] = TensorFactories.Write();
        files["optimizers.g.cs"] = OptimizerClasses.Write();
        return files;
    }
}
