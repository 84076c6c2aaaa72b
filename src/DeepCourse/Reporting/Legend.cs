namespace DeepCourse.Reporting;

/// <summary>The names of a chart's series beside their colour, as text that wraps on a phone.</summary>
internal static class Legend
{
    /// <summary>How many colours the palette has; later series start it again with a dashed line.</summary>
    internal const int Colours = 7;

    /// <summary>The CSS classes of the series with this index.</summary>
    public static string Class(int index) => index < Colours ? $"s{index + 1}" : $"s{(index % Colours) + 1} dashed";

    /// <summary>Writes the legend; a single unnamed series needs none.</summary>
    public static void Write(Markup markup, IReadOnlyList<string> names)
    {
        if (names.Count == 0 || (names.Count == 1 && names[0].Length == 0)) return;
        markup.Open("ul", ("class", "legend"));
        for (var i = 0; i < names.Count; i++) markup.Element("li", names[i], ("class", Class(i)));
        markup.Close("ul");
    }
}
