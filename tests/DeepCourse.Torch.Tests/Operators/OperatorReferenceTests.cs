namespace DeepCourse.Torch.Tests.Operators;

/// <summary>The public functions give PyTorch's results for PyTorch's arguments.</summary>
public sealed class OperatorReferenceTests
{
    // Single precision, and sums in another order on another processor.
    private const double Relative = 2e-5, Absolute = 2e-6;

    public static TheoryData<string> Members => [.. ReferenceCases.All.Select(c => c.Member).Distinct()];

    [Theory]
    [MemberData(nameof(Members))]
    public void Call_WithReferenceArguments_GivesReferenceResults(string member)
    {
        var faults = ReferenceCases.All.Where(c => c.Member == member && IsComparable(c)).SelectMany(Faults).ToList();

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    // Generators may draw differently in another version.
    private static bool IsComparable(ReferenceCase reference) =>
        !reference.IsSeeded || __version__.StartsWith(ReferenceCases.Version, StringComparison.Ordinal);

    private static IEnumerable<string> Faults(ReferenceCase reference)
    {
        using var scope = NewDisposeScope();
        var where = $"case {reference.Number}, {reference.Member}{reference.Arguments}: ";
        IReadOnlyList<object?> results;
        try
        {
            // Arguments are made when the call is bound, and so before the first draw; none of them draws.
            if (reference.IsSeeded) manual_seed(11);
            results = PublicCall.Of(reference);
        }
        catch (Exception fault)
        {
            return [where + fault.Message];
        }

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
