using System.Text;

namespace DeepCourse.Tensors;

/// <summary>The tensors of a weights file do not fit the module they are loaded into.</summary>
public sealed class WeightsMismatchException : Exception
{
    /// <summary>Reports every difference at once, each list sorted by key.</summary>
    /// <param name="path">The weights file.</param>
    /// <param name="missing">Keys of the module that the file lacks.</param>
    /// <param name="unexpected">Keys of the file that the module lacks.</param>
    /// <param name="misshaped">Keys both have, with different shapes.</param>
    public WeightsMismatchException(
        string path,
        IEnumerable<string> missing,
        IEnumerable<string> unexpected,
        IEnumerable<MisshapedWeight> misshaped)
        : this(
            path,
            [.. missing.Order(StringComparer.Ordinal)],
            [.. unexpected.Order(StringComparer.Ordinal)],
            [.. misshaped.OrderBy(weight => weight.Key, StringComparer.Ordinal)])
    {
    }

    private WeightsMismatchException(string path, string[] missing, string[] unexpected, MisshapedWeight[] misshaped)
        : base(Describe(path, missing, unexpected, misshaped)) =>
        (Path, Missing, Unexpected, Misshaped) = (path, missing, unexpected, misshaped);

    /// <summary>The weights file.</summary>
    public string Path { get; }

    /// <summary>Keys of the module that the file lacks, sorted.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Keys of the file that the module lacks, sorted.</summary>
    public IReadOnlyList<string> Unexpected { get; }

    /// <summary>Keys both have, with different shapes, sorted.</summary>
    public IReadOnlyList<MisshapedWeight> Misshaped { get; }

    private static string Describe(string path, string[] missing, string[] unexpected, MisshapedWeight[] misshaped)
    {
        var text = new StringBuilder();
        text.Append(path).Append(": the weights do not fit the module.");
        List(text, "missing", missing);
        List(text, "unexpected", unexpected);
        List(text, "mis-shaped", [.. misshaped.Select(weight => weight.ToString())]);
        return text.ToString();
    }

    private static void List(StringBuilder text, string title, string[] lines)
    {
        if (lines.Length == 0) return;
        text.Append('\n').Append(title).Append(" (").Append(lines.Length).Append("):");
        foreach (var line in lines) text.Append("\n  ").Append(line);
    }
}
