namespace DeepCourse.Torch.Tests.Operators;

/// <summary>The public functions give PyTorch's results for PyTorch's arguments.</summary>
public sealed class OperatorReferenceTests
{
    // Single precision, and sums in another order on another processor.
    private const double Relative = 2e-5, Absolute = 2e-6;

    // Functions whose method of the same name takes its arguments in another order.
    private static readonly HashSet<string> s_unlike = ["where"];

    public static TheoryData<string> Members => [.. ReferenceCases.All.Select(c => c.Member).Distinct()];

    [Theory]
    [MemberData(nameof(Members))]
    public void Call_WithReferenceArguments_GivesReferenceResults(string member)
    {
        var faults = ReferenceCases.All.Where(c => c.Member == member && IsComparable(c)).SelectMany(Faults).ToList();

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>A function has a method of the same name, and both may have a twin that works in place.</summary>
    [Theory]
    [MemberData(nameof(Members))]
    public void Twins_GiveTheSameResults(string member)
    {
        var faults = ReferenceCases.All.Where(c => c.Member == member && !c.IsSeeded)
            .SelectMany(c => TwinsOf(c).SelectMany(twin => Faults(c with { Member = twin }))).ToList();

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static IEnumerable<string> TwinsOf(ReferenceCase reference)
    {
        var (owner, name) = (reference.Member.Split('.')[0], reference.Member.Split('.')[1]);
        // What torch.linalg calls by a name may be another function in torch itself.
        if (owner is not ("torch" or "Tensor" or "functional") || s_unlike.Contains(name) || name.StartsWith("op_", StringComparison.Ordinal)) return [];
        string[] twins = name.EndsWith('_') || !KeepsItsTensor(reference)
            ? [$"torch.{name}", $"Tensor.{name}"]
            : [$"torch.{name}", $"Tensor.{name}", $"torch.{name}_", $"Tensor.{name}_"];
        return twins.Where(t => t != $"{owner}.{name}" && PublicCall.Exists(t, reference.Arguments));
    }

    // Only a result of the same type and size fits into the first argument.
    private static bool KeepsItsTensor(ReferenceCase reference)
    {
        if (reference.Results.GetArrayLength() != 1 || reference.Results[0].ValueKind != System.Text.Json.JsonValueKind.Array) return false;
        if (reference.Arguments.GetArrayLength() == 0 || reference.Arguments[0].ValueKind != System.Text.Json.JsonValueKind.String) return false;
        using var scope = NewDisposeScope();
        var name = reference.Arguments[0].GetString()!;
        if (!name.StartsWith('$')) return false;
        var (first, result) = (ReferenceCases.Tensor(name[1..]), ReferenceCases.Tensor(reference.Results[0]));
        return first.dtype == result.dtype && first.shape.SequenceEqual(result.shape);
    }

    // Generators may draw differently in another version.
    private static bool IsComparable(ReferenceCase reference) =>
        !reference.IsSeeded || __version__.StartsWith(ReferenceCases.Version, StringComparison.Ordinal);

    private static IEnumerable<string> Faults(ReferenceCase reference)
    {
        using var scope = NewDisposeScope();
        var where = $"case {reference.Number}, {reference.Member}{reference.Arguments}: ";
        IReadOnlyList<object?> results;
        object? first;
        try
        {
            // Arguments are made when the call is bound, and so before the first draw; none of them draws.
            if (reference.IsSeeded) manual_seed(11);
            (results, first) = PublicCall.Of(reference.Member, reference.Arguments);
        }
        catch (Exception fault)
        {
            return [where + fault.Message];
        }

        if (reference.Member.EndsWith('_') && !reference.Member.StartsWith("fft", StringComparison.Ordinal) && !ReferenceEquals(first, results[0]))
            return [where + "works in place but returns another tensor"];
        if (results.Count != reference.Results.GetArrayLength()) return [where + $"{results.Count} results"];
        return [.. results.Select((r, i) => Difference(r, reference.Results[i])).OfType<string>().Select(d => where + d)];
    }

    private static string? Difference(object? result, System.Text.Json.JsonElement expected)
    {
        if (result is bool flag) return flag == expected.GetBoolean() ? null : $"{flag} is not {expected}";
        if (result is not torch.Tensor actual) return $"{result ?? "null"} is no tensor";

        var wanted = ReferenceCases.Tensor(expected);
        if (actual.dtype != wanted.dtype) return $"type {actual.dtype}, not {wanted.dtype}";
        if (!actual.shape.SequenceEqual(wanted.shape)) return $"shape [{string.Join(", ", actual.shape)}], not [{string.Join(", ", wanted.shape)}]";
        var (got, want) = (Numbers(actual), Numbers(wanted));
        for (var i = 0; i < got.Length; i++)
        {
            if (got[i].Equals(want[i]) || Math.Abs(got[i] - want[i]) <= Absolute + Relative * Math.Abs(want[i])) continue;
            return $"number {i} is {got[i]:R}, not {want[i]:R}";
        }

        return null;
    }

    private static double[] Numbers(torch.Tensor tensor)
    {
        var plain = tensor.is_complex() ? tensor.resolve_conj().view_as_real() : tensor;
        return plain.to_type(ScalarType.Float64).contiguous().data<double>().ToArray();
    }
}
