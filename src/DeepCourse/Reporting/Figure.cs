namespace DeepCourse.Reporting;

/// <summary>Something to look at in a report: a chart, a table, a grid of pictures. Immutable; numbers and picture bytes in, text out.</summary>
/// <remarks><b>Extending</b>: derive a sealed record and write <see cref="WriteBody"/>. The frame (title, caption) is written for you;
/// escape every text with <see cref="Markup.Escape"/> and describe the content in <see cref="Describe"/> for readers who can't see it.</remarks>
/// <param name="Title">Heading of the figure; may be empty.</param>
public abstract record Figure(string Title)
{
    /// <summary>A sentence under the figure: what to look at. Backticks make code, double asterisks bold.</summary>
    public string? Caption { get; init; }

    /// <summary>The description for screen readers; by default made from the data.</summary>
    public string? Alt { get; init; }

    /// <summary>The figure as a piece of HTML that needs the style sheet of <see cref="HtmlReport"/>.</summary>
    /// <returns>HTML text, the same for the same figure on every machine.</returns>
    public string ToHtml()
    {
        var markup = new Markup();
        Write(markup);
        return markup.ToString();
    }

    internal void Write(Markup markup)
    {
        markup.Open("figure", ("class", $"figure {Kind}"));
        if (Title.Length > 0) markup.Element("h3", Title);
        WriteBody(markup);
        if (Caption is not null) markup.Raw("<figcaption>").Inline(Caption).Raw("</figcaption>\n");
        markup.Close("figure");
    }

    /// <summary>The CSS class that tells figures apart.</summary>
    protected abstract string Kind { get; }

    /// <summary>Writes what stands between title and caption.</summary>
    /// <param name="markup">Receives the HTML.</param>
    protected abstract void WriteBody(Markup markup);

    /// <summary>The content in words.</summary>
    /// <returns>One or two sentences.</returns>
    protected abstract string Describe();

    /// <summary>The given <see cref="Alt"/>, or the description made from the data.</summary>
    protected string Description => Alt ?? Describe();
}
