namespace DeepCourse.Torch.Generator;

/// <summary>The parsed operators.txt; its own header explains the format.</summary>
public sealed class OperatorTable
{
    private readonly Dictionary<string, Schema> _byMethod;

    private OperatorTable(IReadOnlyList<Schema> schemas, IReadOnlyList<PublicMember> members)
    {
        (Schemas, Members) = (schemas, members);
        _byMethod = schemas.ToDictionary(s => s.Method);
    }

    public IReadOnlyList<Schema> Schemas { get; }

    public IReadOnlyList<PublicMember> Members { get; }

    public Schema? Find(string method) => _byMethod.GetValueOrDefault(method);

    public static OperatorTable Parse(IEnumerable<string> lines)
    {
        var schemas = new List<Schema>();
        var members = new List<PublicMember>();
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            try
            {
                if (line[0] != ' ') schemas.Add(Schema.Parse(line));
                else members.Add(PublicMember.Parse(line.Trim(), schemas[^1]));
            }
            catch (Exception fault) when (fault is FormatException or ArgumentOutOfRangeException)
            {
                throw new FormatException($"line {number}: {fault.Message}", fault);
            }
        }

        if (schemas.GroupBy(s => s.Method).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new FormatException($"{twice.Key} stands in the table twice");
        return new(schemas, members);
    }
}
