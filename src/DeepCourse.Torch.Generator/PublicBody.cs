namespace DeepCourse.Torch.Generator;

/// <summary>The expression behind a public member: the call of the raw layer.</summary>
internal static class PublicBody
{
    // Parameters that are handled around the call, where the operator itself has no such argument.
    private const string InPlace = "inplace", Out = "out", RequiresGrad = "requires_grad", Names = "names";

    public static string Of(PublicMember member, OperatorTable table)
    {
        var schema = member.Schema;
        bool Extra(string name) => member.Parameters.Any(p => p.BareName == name) && schema.Parameters.All(p => p.Name != name);

        var arguments = member.Mapping ?? string.Join(", ", Arguments(member));
        var call = $"Aten.{schema.Method}({arguments})";
        if (member.Results == "Tensor" && schema.ReturnTypes.Count > 1) call = $"First({call})";

        if (Extra(InPlace))
        {
            var twin = table.Find(schema.Overload.Length == 0 ? schema.Name + "_" : $"{schema.Name}__{schema.Overload}");
            if (twin == null) throw new FormatException($"{member.Name} is asked to work in place but {schema.Name}_ is not in the table");
            call = $"inplace ? Aten.{twin.Method}({arguments}) : {call}";
        }

        if (Extra(Out))
        {
            var twin = table.Find($"{schema.Name}_out") ?? table.Find($"{schema.Method}_out");
            if (twin == null) throw new FormatException($"{member.Name} takes a result tensor but {schema.Name}.out is not in the table");
            call = $"@out is null ? {call} : Aten.{twin.Method}({arguments}, @out: @out)";
        }

        if (Extra(RequiresGrad)) call = $"Created({call}, requires_grad{(Extra(Names) ? ", names" : "")})";
        return call;
    }

    private static IEnumerable<string> Arguments(PublicMember member)
    {
        var schema = member.Schema;
        var given = new Dictionary<string, string>();
        var byOrder = new List<(string Type, string Name)>();
        if (!member.IsStatic) byOrder.Add(("Tensor", "this"));

        foreach (var parameter in member.Parameters)
        {
            var same = schema.Parameters.FirstOrDefault(p => p.Name == parameter.BareName);
            if (same != null) given[same.Name] = Conversion.Of(parameter.Type, parameter.Name, same, member);
            else if (parameter.BareName is not (InPlace or Out or RequiresGrad or Names)) byOrder.Add((parameter.Type, parameter.Name));
        }

        foreach (var (type, name) in byOrder)
        {
            var next = schema.Parameters.FirstOrDefault(p => !given.ContainsKey(p.Name))
                ?? throw new FormatException($"{member.Owner}.{member.Name} has more parameters than {schema.Method}");
            given[next.Name] = Conversion.Of(type, name, next, member);
        }

        var skipped = false;
        foreach (var parameter in schema.Parameters)
        {
            if (!given.TryGetValue(parameter.Name, out var expression))
            {
                if (parameter.Default == null) throw new FormatException($"{member.Owner}.{member.Name} gives no {parameter.Name} to {schema.Method}");
                skipped = true;
            }
            else yield return skipped ? $"{parameter.Identifier}: {expression}" : expression;
        }
    }
}
