namespace DeepCourse.Reporting;

/// <summary>Rows of text under column heads; columns that hold numbers only are aligned to the right.</summary>
/// <param name="Title">Heading; may be empty.</param>
/// <param name="Columns">Column heads.</param>
/// <param name="Rows">Cells, as many in each row as there are columns.</param>
public sealed record Table(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : Figure(Title)
{
    /// <summary>Index of the row to stress (the best one); null stresses none.</summary>
    public int? Highlight { get; init; }

    /// <inheritdoc/>
    protected override string Kind => "table";

    /// <inheritdoc/>
    protected override void WriteBody(Markup markup)
    {
        for (var row = 0; row < Rows.Count; row++)
            if (Rows[row].Count != Columns.Count) throw new InvalidOperationException($"table '{Title}', row {row}: expected {Columns.Count} cells, actual {Rows[row].Count}");
        var numeric = Enumerable.Range(0, Columns.Count).Select(column => Rows.Count > 0 && Rows.All(row => LooksNumeric(row[column]))).ToArray();
        markup.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "group"), ("aria-label", Description)).Open("table").Open("thead").Open("tr");
        for (var column = 0; column < Columns.Count; column++) markup.Element("th", Columns[column], ("scope", "col"), ("class", numeric[column] ? "number" : null));
        markup.Close("tr").Close("thead").Open("tbody");
        for (var row = 0; row < Rows.Count; row++)
        {
            markup.Open("tr", ("class", row == Highlight ? "best" : null));
            for (var column = 0; column < Columns.Count; column++)
                markup.Raw(numeric[column] ? "<td class=\"number\">" : "<td>").Inline(Rows[row][column]).Raw("</td>\n");
            markup.Close("tr");
        }
        markup.Close("tbody").Close("table").Close("div");
    }

    /// <inheritdoc/>
    protected override string Describe() => $"Table{(Title.Length > 0 ? $": {Title}" : "")}, {Rows.Count} rows, columns {string.Join(", ", Columns)}";

    private static bool LooksNumeric(string cell) => cell.Length == 0 || cell == "–" || char.IsAsciiDigit(cell[0]) || (cell.Length > 1 && cell[0] is '+' or '-' or '−' or '±' && (char.IsAsciiDigit(cell[^1]) || cell[^1] == '%') && !cell.StartsWith("--", StringComparison.Ordinal));
}
