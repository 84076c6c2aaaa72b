namespace DeepCourse.Reporting;

/// <summary>A matrix as colours: a confusion matrix, an attention map.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Rows">Row names.</param>
/// <param name="Columns">Column names.</param>
/// <param name="Values">Values, [rows, columns]; not negative.</param>
public sealed record Heatmap(string Title, IReadOnlyList<string> Rows, IReadOnlyList<string> Columns, double[,] Values) : Figure(Title)
{
    private const int LargestWithText = 24;

    /// <summary>What the rows are.</summary>
    public string RowLabel { get; init; } = "";

    /// <summary>What the columns are.</summary>
    public string ColumnLabel { get; init; } = "";

    /// <summary>.NET format of the values in the cells.</summary>
    public string Format { get; init; } = "0.##";

    /// <summary>Colours each row by its share of the row's sum, so that rare classes are as visible as frequent ones.</summary>
    public bool ByRow { get; init; }

    /// <summary>Outlines the diagonal: the cells where truth and prediction agree.</summary>
    public bool Diagonal { get; init; }

    /// <summary>A confusion matrix from counts.</summary>
    /// <param name="title">Heading.</param>
    /// <param name="classes">Class names.</param>
    /// <param name="counts">How often, [truth, prediction].</param>
    /// <returns>A square heat map, coloured by row.</returns>
    /// <exception cref="ArgumentException">The matrix is not [classes, classes].</exception>
    public static Heatmap Confusion(string title, IReadOnlyList<string> classes, int[,] counts)
    {
        if (counts.GetLength(0) != classes.Count || counts.GetLength(1) != classes.Count)
            throw new ArgumentException($"expected [{classes.Count}, {classes.Count}], actual [{counts.GetLength(0)}, {counts.GetLength(1)}]", nameof(counts));
        var values = new double[classes.Count, classes.Count];
        for (var row = 0; row < classes.Count; row++)
            for (var column = 0; column < classes.Count; column++) values[row, column] = counts[row, column];
        return new Heatmap(title, classes, classes, values) { RowLabel = "truth", ColumnLabel = "prediction", ByRow = true, Diagonal = true, Format = "0" };
    }

    /// <inheritdoc/>
    protected override string Kind => "heatmap";

    /// <inheritdoc/>
    protected override void WriteBody(Markup markup)
    {
        const int cell = 34, gap = 2, top = 110;
        var nameWidth = 24 + (int)(6.6 * Math.Min(22, Rows.Select(r => r.Length).DefaultIfEmpty(0).Max()));
        var (width, height) = (nameWidth + (Columns.Count * cell) + 60, top + (Rows.Count * cell) + 28);
        // A matrix can't be drawn narrower without losing its names: on a phone it scrolls inside its own box.
        markup.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "group"), ("aria-label", Title));
        markup.Open("svg", ("class", "plot"), ("viewBox", $"0 0 {width} {height}"), ("width", $"{width}"), ("height", $"{height}"), ("role", "img"), ("aria-label", Description));
        for (var column = 0; column < Columns.Count; column++)
        {
            var x = nameWidth + (column * cell) + (cell / 2.0);
            markup.Element("text", Short(Columns[column]), ("class", "tick"),
                ("transform", $"translate({Markup.Coordinate(x)} {top - 8}) rotate(-45)"));
        }
        var largest = Math.Max(double.Epsilon, Values.Cast<double>().Where(double.IsFinite).DefaultIfEmpty(1).Max());
        for (var row = 0; row < Rows.Count; row++)
        {
            var y = top + (row * cell);
            markup.Element("text", Short(Rows[row]), ("class", "tick"), ("text-anchor", "end"), ("x", $"{nameWidth - 8}"), ("y", $"{y + (cell / 2) + 4}"));
            var scale = ByRow ? Math.Max(double.Epsilon, Enumerable.Range(0, Columns.Count).Sum(c => Values[row, c])) : largest;
            for (var column = 0; column < Columns.Count; column++)
                Cell(markup, row, column, nameWidth + (column * cell), y, cell - gap, Values[row, column] / scale);
        }
        var key = (RowLabel.Length > 0 ? $"rows: {RowLabel}" : "") + (ColumnLabel.Length > 0 ? $"   columns: {ColumnLabel}" : "");
        if (key.Length > 0) markup.Element("text", key, ("class", "label"), ("x", $"{nameWidth}"), ("y", $"{height - 8}"));
        markup.Close("svg").Close("div");
    }

    /// <inheritdoc/>
    protected override string Describe()
    {
        if (!Diagonal) return $"Heat map: {Title}, {Rows.Count} rows by {Columns.Count} columns.";
        var total = Values.Cast<double>().Sum();
        var right = Enumerable.Range(0, Math.Min(Rows.Count, Columns.Count)).Sum(i => Values[i, i]);
        return $"Confusion matrix: {Title}, {Rows.Count} classes; {NumberText.Of(right)} of {NumberText.Of(total)} on the diagonal.";
    }

    private static string Short(string name) => name.Length <= 22 ? name : name[..21] + "…";

    private void Cell(Markup markup, int row, int column, int x, int y, int size, double share)
    {
        var value = Values[row, column];
        share = double.IsFinite(share) ? Math.Clamp(share, 0, 1) : 0;
        var @class = "cell" + (Diagonal && row == column ? " diagonal" : "") + (share > 0.55 ? " strong" : "");
        markup.Open("g", ("class", @class));
        // The square root keeps small shares visible: one confusion in fifty is what the reader is looking for.
        markup.Empty("rect", ("class", "ground"), ("x", $"{x}"), ("y", $"{y}"), ("width", $"{size}"), ("height", $"{size}"), ("rx", "4"));
        if (share > 0) markup.Empty("rect", ("x", $"{x}"), ("y", $"{y}"), ("width", $"{size}"), ("height", $"{size}"), ("rx", "4"), ("fill-opacity", Markup.Coordinate(Math.Sqrt(share))));
        if (Rows.Count <= LargestWithText && value != 0)
            markup.Element("text", NumberText.Of(value, Format), ("x", Markup.Coordinate(x + (size / 2.0))), ("y", $"{y + (size / 2) + 4}"), ("text-anchor", "middle"));
        markup.Element("title", $"{Rows[row]} → {Columns[column]}: {NumberText.Of(value, Format)}").Close("g");
    }
}
