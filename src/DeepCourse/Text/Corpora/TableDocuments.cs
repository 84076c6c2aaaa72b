using CsvHelper;
using DeepCourse.Tensors;
using DeepCourse.Text.Tokenization;

namespace DeepCourse.Text.Corpora;

/// <summary>The rows of a CSV or TSV file, one document a row.</summary>
/// <param name="path">The file, plain or compressed by gzip.</param>
/// <param name="text">The columns of the text. Several are joined, each with <see cref="SpecialToken.Field"/> and its
/// number, from 1, in front.</param>
/// <param name="label">The column of the label; null reads none.</param>
/// <param name="options">What to do with bytes that are not UTF-8, and with rows without a label.</param>
public sealed class TableDocuments(
    string path, IReadOnlyList<TextColumn> text, TextColumn? label = null, DocumentOptions? options = null) : IDocuments
{
    private readonly DocumentOptions _options = options ?? DocumentOptions.Default;

    /// <summary>One column of text.</summary>
    /// <param name="path">The file, plain or compressed by gzip.</param>
    /// <param name="text">The column of the text.</param>
    /// <param name="label">The column of the label; null reads none.</param>
    /// <param name="options">What to do with bytes that are not UTF-8, and with rows without a label.</param>
    public TableDocuments(string path, TextColumn text, TextColumn? label = null, DocumentOptions? options = null)
        : this(path, [text], label, options)
    {
    }

    /// <summary>What stands between two columns.</summary>
    /// <value>The default is a tabulator for <c>.tsv</c> and <c>.tsv.gz</c>, otherwise a comma.</value>
    public char Delimiter { get; init; } = IsTabbed(path) ? '\t' : ',';

    /// <summary>Whether the first row has the columns' names.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool HasNames { get; init; } = true;

    /// <summary>Whether a value may stand in quotation marks, and then hold delimiters and line breaks.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Quoted { get; init; } = true;

    /// <inheritdoc/>
    public string Name => path;

    /// <inheritdoc/>
    public long? TotalBytes => new FileInfo(path).Length;

    /// <inheritdoc/>
    /// <remarks>Blank lines are left out.</remarks>
    /// <exception cref="DataFormatException">The file is not UTF-8 or no such table, or a row has no label; the message
    /// names the byte or the line.</exception>
    public IEnumerable<Document> Read(Action<long>? advance = null)
    {
        using var file = new TextFileReader(path, _options, advance);
        using var rows = CsvReader.Create(file, new CsvReaderOptions
        {
            Separator = Delimiter,
            HasHeader = HasNames,
            Mode = Quoted ? CsvMode.Rfc4180 : CsvMode.NoEscape,
            MalformedData = CsvMalformedDataHandling.Throw,
            TrackLineNumbers = true,
        }, leaveOpen: true);
        if (!Next(rows)) yield break;
        string[] names = HasNames ? [.. rows.Headers] : [];
        int[] columns = [.. text.Select(column => Find(column, names))];
        var labelColumn = label is { } column ? Find(column, names) : -1;
        do yield return new($"{path}:{rows.LineNumber}", Join(rows, columns), labelColumn < 0 ? null : LabelOf(rows, labelColumn));
        while (Next(rows));
    }

    private static bool IsTabbed(string path) =>
        path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".tsv.gz", StringComparison.OrdinalIgnoreCase);

    private bool Next(CsvReader rows)
    {
        try
        {
            return rows.Read();
        }
        catch (CsvFormatException exception)
        {
            throw DataFormatException.AtLine(
                path, (int)exception.LineNumber,
                "is no row of a table: a quotation mark is missing, or stands where none is expected. Double it inside "
                + $"quotation marks, or set {nameof(Quoted)} to false where they mean nothing");
        }
    }

    private int Find(TextColumn column, string[] names)
    {
        if (column.Name is not { } name) return column.Index;
        var index = Array.IndexOf(names, name);
        if (index >= 0) return index;
        throw DataFormatException.AtLine(path, 1, HasNames
            ? $"has no column '{name}'; it has {string.Join(", ", names.Select(known => $"'{known}'"))}"
            : $"has no names of columns, so '{name}' can't be found: give its number");
    }

    private string Join(CsvReader rows, int[] columns) => columns.Length == 1
        ? ValueOf(rows, columns[0])
        : string.Join(' ', columns.Select((column, field) => $"{SpecialToken.Field} {field + 1} {ValueOf(rows, column)}"));

    private string? LabelOf(CsvReader rows, int column)
    {
        var name = column < rows.FieldCount ? rows.GetString(column).Trim() : "";
        if (name.Length > 0) return name;
        return _options.RequireLabels
            ? throw DataFormatException.AtLine(path, (int)rows.LineNumber, $"has no label in column {label}")
            : null;
    }

    private string ValueOf(CsvReader rows, int column) => column < rows.FieldCount
        ? rows.GetString(column)
        : throw DataFormatException.AtLine(
            path, (int)rows.LineNumber, $"has {rows.FieldCount} columns; the text should be in number {column}, counted from 0");
}
