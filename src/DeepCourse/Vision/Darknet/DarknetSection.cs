using System.Globalization;
using DeepCourse.Tensors;

namespace DeepCourse.Vision.Darknet;

/// <summary>One section of a configuration: its kind and its options, each with the line it was written on.</summary>
public sealed class DarknetSection
{
    private readonly Dictionary<string, (string Value, int Line)> _options = new(StringComparer.Ordinal);

    internal DarknetSection(string file, string kind, int line) => (File, Kind, Line) = (file, kind, line);

    /// <summary>What messages call the file.</summary>
    public string File { get; }

    /// <summary>The word between the brackets, such as <c>convolutional</c>.</summary>
    public string Kind { get; }

    /// <summary>The line of the brackets, from 1.</summary>
    public int Line { get; }

    /// <summary>Whether an option is written in the section.</summary>
    /// <param name="key">The option's name.</param>
    /// <returns>Whether it is.</returns>
    public bool Has(string key) => _options.ContainsKey(key);

    /// <summary>An option that is a word.</summary>
    /// <param name="key">The option's name.</param>
    /// <param name="fallback">What it is where it is not written; null where it must be.</param>
    /// <returns>The word.</returns>
    /// <exception cref="DataFormatException">It is not written; so for all methods here.</exception>
    public string Text(string key, string? fallback = null) =>
        _options.TryGetValue(key, out var option) ? option.Value : fallback ?? throw Fault($"expected the option '{key}'");

    /// <summary>An option that is a whole number.</summary>
    /// <param name="key">The option's name.</param>
    /// <param name="fallback">What it is where it is not written; null where it must be.</param>
    /// <param name="least">The smallest number that makes sense.</param>
    /// <returns>The number.</returns>
    /// <exception cref="DataFormatException">Not a whole number, or a smaller one.</exception>
    public int Integer(string key, int? fallback = null, int least = int.MinValue)
    {
        if (!_options.TryGetValue(key, out var option) && fallback is { } value) return value;
        var text = Text(key);
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            throw Fault($"expected a whole number for '{key}', got '{text}'", key);
        return number >= least ? number : throw Fault($"expected at least {least} for '{key}', got {number}", key);
    }

    /// <summary>An option that is 0 or 1.</summary>
    /// <param name="key">The option's name.</param>
    /// <returns>Whether it is written and not 0.</returns>
    public bool Flag(string key) => Integer(key, 0) != 0;

    /// <summary>An option that is a number.</summary>
    /// <param name="key">The option's name.</param>
    /// <param name="fallback">What it is where it is not written; null where it must be.</param>
    /// <returns>The number.</returns>
    /// <exception cref="DataFormatException">Not a number.</exception>
    public double Number(string key, double? fallback = null)
    {
        if (!Has(key) && fallback is { } value) return value;
        return Number(key, Text(key));
    }

    /// <summary>An option that is a list of whole numbers with commas between them.</summary>
    /// <param name="key">The option's name; it must be written.</param>
    /// <returns>At least one number.</returns>
    /// <exception cref="DataFormatException">Something else.</exception>
    public IReadOnlyList<int> Integers(string key)
    {
        var numbers = Numbers(key);
        return numbers.All(number => number == Math.Truncate(number) && Math.Abs(number) < int.MaxValue)
            ? [.. numbers.Select(number => (int)number)]
            : throw Fault($"expected whole numbers for '{key}', got '{Text(key)}'", key);
    }

    /// <summary>An option that is a list of numbers with commas between them.</summary>
    /// <param name="key">The option's name; it must be written.</param>
    /// <returns>At least one number.</returns>
    /// <exception cref="DataFormatException">Something else.</exception>
    public IReadOnlyList<double> Numbers(string key) =>
        [.. Text(key).TrimEnd(',').Split(',').Select(part => Number(key, part))];

    /// <summary>What to throw when the section makes no sense.</summary>
    /// <param name="problem">What was expected and what was found.</param>
    /// <param name="key">The option that is wrong, if it is one: its line is named then.</param>
    /// <returns>An exception that names the file, the line and the section.</returns>
    internal DataFormatException Fault(string problem, string? key = null) => DataFormatException.AtLine(
        File, key is not null && _options.TryGetValue(key, out var option) ? option.Line : Line, $"[{Kind}]: {problem}");

    // As in darknet, the first of two equal options counts.
    internal void Add(string key, string value, int line) => _options.TryAdd(key, (value, line));

    private double Number(string key, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw Fault($"expected a number for '{key}', got '{text}'", key);
}
