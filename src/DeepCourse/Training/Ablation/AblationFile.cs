using System.Globalization;
using System.Text;
using DeepCourse.Tensors;

namespace DeepCourse.Training.Ablation;

/// <summary>The file of a study: CSV, a header and one line for every run that has ended.</summary>
/// <remarks>Lines are added with one write each, flushed to the disk. A line without an end is one that a dying process
/// didn't finish: it is left out, and its run done again.</remarks>
internal sealed class AblationFile
{
    private readonly string _path;
    private readonly AblationColumns _columns;
    private readonly List<AblationLine> _lines = [];
    private IReadOnlyList<string> _order;
    private long _whole;

    private AblationFile(string path, AblationColumns columns) => (_path, _columns, _order) = (path, columns, columns.Names);

    public IReadOnlyList<AblationLine> Lines => _lines;

    public static AblationFile Open(string path, AblationColumns columns)
    {
        var file = new AblationFile(path, columns);
        if (!File.Exists(path)) return file;
        var text = File.ReadAllText(path);
        var header = CsvRow.Join(columns.Names);
        var end = text.LastIndexOf('\n') + 1;
        // Without a single end of line it is either a header cut short, or no file of ours.
        if (end == 0 && !header.StartsWith(text, StringComparison.Ordinal)) end = text.Length;
        var lines = text[..end].Split('\n', StringSplitOptions.TrimEntries);
        if (end > 0) file.ReadHeader(lines[0]);
        for (var i = 1; i < lines.Length; i++)
            if (lines[i].Length > 0) file.ReadLine(lines[i], i + 1);
        file._whole = Encoding.UTF8.GetByteCount(text.AsSpan(0, end)) + (new FileInfo(path).Length - Encoding.UTF8.GetByteCount(text));
        return file;
    }

    public void Append(AblationLine line)
    {
        var text = CsvRow.Join(_order.Select(column => column switch
        {
            AblationColumns.Trial => line.Trial,
            AblationColumns.Seed => line.Seed.ToString(CultureInfo.InvariantCulture),
            AblationColumns.Seconds => line.Seconds.ToString(CultureInfo.InvariantCulture),
            _ when _columns.Settings.TryGetValue(column, out var setting) => setting,
            _ when line.Values.TryGetValue(column, out var value) => value.ToString(CultureInfo.InvariantCulture),
            _ => "",
        })) + "\n";
        if (_whole == 0) text = CsvRow.Join(_order) + "\n" + text;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
        using (var stream = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0))
        {
            stream.SetLength(_whole);
            stream.Position = _whole;
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
            _whole = stream.Position;
        }
        _lines.Add(line);
    }

    private void ReadHeader(string line)
    {
        _order = CsvRow.Split(line);
        var missing = _columns.Names.Except(_order).ToList();
        var unknown = _order.Except(_columns.Names).ToList();
        if (missing.Count == 0 && unknown.Count == 0) return;
        var difference = string.Join(" and ", new[]
        {
            missing.Count > 0 ? $"lacks {TrialList.Quoted(missing)}" : "",
            unknown.Count > 0 ? $"has {TrialList.Quoted(unknown)}" : "",
        }.Where(part => part.Length > 0));
        throw Another(1, $"the header {difference}");
    }

    private void ReadLine(string text, int number)
    {
        var cells = CsvRow.Split(text);
        if (cells.Count != _order.Count)
            throw DataFormatException.AtLine(_path, number, $"expected {_order.Count} cells as in the header, found {cells.Count}");
        string trial = "";
        int seed = 0;
        double seconds = 0;
        var values = new Dictionary<string, double>();
        for (var i = 0; i < cells.Count; i++)
        {
            var (column, cell) = (_order[i], cells[i]);
            if (column == AblationColumns.Trial) trial = cell;
            else if (column == AblationColumns.Seed) seed = (int)Number(cell, column, number);
            else if (column == AblationColumns.Seconds) seconds = Number(cell, column, number);
            else if (_columns.Settings.TryGetValue(column, out var setting))
            {
                if (cell != setting) throw Another(number, $"'{trial}' was run with {column} = {cell}, this study has {setting}");
            }
            else if (cell.Length > 0) values[column] = Number(cell, column, number);
        }
        if (!_columns.Trials.Contains(trial)) throw Another(number, $"there is a recipe '{trial}', this study has {TrialList.Quoted(_columns.Trials)}");
        if (_lines.Any(line => line.Trial == trial && line.Seed == seed))
            throw DataFormatException.AtLine(_path, number, $"'{trial}' with seed {seed} stands in an earlier line too; remove one of them");
        _lines.Add(new(trial, seed, values, seconds));
    }

    private double Number(string cell, string column, int line) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && (column != AblationColumns.Seed || value == (int)value)
            ? value
            : throw DataFormatException.AtLine(_path, line, $"expected a number for {column}, found '{cell}'");

    private DataFormatException Another(int line, string difference) => DataFormatException.AtLine(
        _path, line, $"the file is not of the study '{_columns.Study}': {difference}. Give the study another file, or take these lines out of this one");
}
