namespace DeepCourse.Reporting;

/// <summary>One number of a run, beside the number that was hoped for.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The value.</param>
/// <param name="Expected">The bar to reach; null when there is none.</param>
public sealed record MetricCard(string Name, double Value, double? Expected = null)
{
    /// <summary>False for losses, errors and times, where less is better.</summary>
    public bool HigherIsBetter { get; init; } = true;

    /// <summary>.NET format of value and bar, such as <c>0.000</c>; null means about four digits.</summary>
    public string? Format { get; init; }

    /// <summary>Unit after the value.</summary>
    public string Unit { get; init; } = "";

    /// <summary>A remark under the value, such as the source of the bar.</summary>
    public string? Note { get; init; }

    /// <summary>Whether the bar is reached; true when there is none. Not a number never reaches it.</summary>
    public bool IsMet => Expected is not { } bar || (HigherIsBetter ? Value >= bar : Value <= bar);

    internal void Write(Markup markup)
    {
        markup.Open("div", ("class", Expected is null ? "card" : IsMet ? "card met" : "card missed"));
        markup.Element("span", Name, ("class", "name"));
        markup.Raw("<span class=\"value\">").Raw(Markup.Escape(NumberText.Of(Value, Format)));
        if (Unit.Length > 0) markup.Element("small", Unit);
        markup.Raw("</span>\n");
        if (Expected is { } bar)
        {
            Gauge(markup, bar);
            var difference = NumberText.Of(Math.Abs(Value - bar), Format);
            var verdict = IsMet ? "✓" : "✗";
            var side = Value >= bar ? "over" : "under";
            var sentence = double.IsFinite(Value) ? $"{difference} {side} the expected {NumberText.Of(bar, Format)}" : $"expected {NumberText.Of(bar, Format)}";
            markup.Element("span", $"{verdict} {sentence}", ("class", "verdict"));
        }
        if (Note is not null) markup.Raw("<span class=\"note\">").Inline(Note).Raw("</span>\n");
        markup.Close("div");
    }

    // A scale from 0 to a quarter above the larger of the two; for shares (both within 0..1) it ends at 1.
    private void Gauge(Markup markup, double bar)
    {
        if (!double.IsFinite(Value) || Value < 0 || bar <= 0) return;
        var end = Value <= 1 && bar <= 1 && HigherIsBetter ? 1 : 1.25 * Math.Max(Value, bar);
        string Percent(double value) => Markup.Coordinate(Math.Clamp(value / end, 0, 1) * 100) + "%";
        markup.Open("span", ("class", "gauge"), ("aria-hidden", "true"))
            .Element("i", "", ("class", "fill"), ("style", $"width:{Percent(Value)}"))
            .Element("i", "", ("class", "bar"), ("style", $"left:{Percent(bar)}"))
            .Close("span");
    }
}
