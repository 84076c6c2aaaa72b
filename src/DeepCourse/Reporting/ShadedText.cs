namespace DeepCourse.Reporting;

/// <summary>Texts whose words are shaded by how much they speak for or against something; the strongest are underlined as
/// well, so that colour isn't needed to see them.</summary>
/// <param name="Title">Heading; may be empty.</param>
/// <param name="Passages">The texts.</param>
public sealed record ShadedText(string Title, IReadOnlyList<ShadedPassage> Passages) : Figure(Title)
{
    private const double Visible = 0.04;
    private const double Strong = 0.4;
    private const int Named = 3;

    /// <summary>What words with weights above 0 do.</summary>
    public string Toward { get; init; } = "speaks for it";

    /// <summary>What words with weights below 0 do.</summary>
    public string Away { get; init; } = "speaks against it";

    /// <summary>.NET format of the weights, which show when a word is pointed at.</summary>
    public string Format { get; init; } = "+0.000;-0.000;0";

    /// <inheritdoc/>
    protected override string Kind => "shaded";

    /// <inheritdoc/>
    protected override void WriteBody(Markup markup)
    {
        markup.Open("ul", ("class", "legend shades"));
        markup.Element("li", Toward, ("class", "toward")).Element("li", Away, ("class", "away")).Close("ul");
        markup.Open("div", ("class", "passages"), ("role", "group"), ("aria-label", Description));
        foreach (var passage in Passages) Write(markup, passage);
        markup.Close("div");
    }

    /// <inheritdoc/>
    protected override string Describe() =>
        $"{Passages.Count} texts{(Title.Length > 0 ? $": {Title}" : "")}. {string.Join(" ", Passages.Select(Strongest))}".TrimEnd();

    // Each text is shaded against its own strongest word: what matters is which words matter there.
    private void Write(Markup markup, ShadedPassage passage)
    {
        markup.Open("div", ("class", "passage"));
        if (passage.Heading.Length > 0)
        {
            markup.Open("p", ("class", passage.Correct switch { true => "heading right", false => "heading wrong", null => "heading" }));
            if (passage.Correct is { } correct) markup.Raw(correct ? "<b>✓</b> " : "<b>✗</b> ");
            markup.Inline(passage.Heading).Close("p");
        }
        markup.Raw("<p class=\"words\">");
        var largest = passage.Largest;
        for (var i = 0; i < passage.Words.Count; i++)
        {
            if (i > 0 && !passage.Words[i].FollowsClosely) markup.Raw(" ");
            Write(markup, passage.Words[i], largest);
        }
        markup.Raw("</p>\n").Close("div");
    }

    private void Write(Markup markup, ShadedWord word, double largest)
    {
        var share = largest > 0 && double.IsFinite(word.Weight) ? Math.Abs(word.Weight) / largest : 0;
        if (share < Visible)
        {
            markup.Raw(Markup.Escape(word.Text));
            return;
        }
        var kind = (word.Weight > 0 ? "toward" : "away") + (share >= Strong ? " strong" : "");
        markup.Raw($"<span class=\"{kind}\" style=\"--w:{Markup.Coordinate(share)}\" title=\"{Markup.Escape(NumberText.Of(word.Weight, Format))}\">{Markup.Escape(word.Text)}</span>");
    }

    private static string Strongest(ShadedPassage passage)
    {
        var named = passage.Words
            .Where(word => Math.Abs(word.Weight) >= Strong * passage.Largest && passage.Largest > 0)
            .OrderByDescending(word => Math.Abs(word.Weight))
            .Take(Named)
            .Select(word => $"{word.Text} ({NumberText.Of(word.Weight)})")
            .ToList();
        return named.Count == 0 ? "" : $"Strongest: {string.Join(", ", named)}.";
    }
}
