using System.Text;

namespace DeepCourse.Reporting;

/// <summary>A report as one HTML file that needs nothing else: no script, no network, pictures and plots inside.</summary>
/// <remarks>The text holds no time of its own, so two runs with equal results give equal files. Only hosts write files; this makes text.</remarks>
/// <param name="title">Title of the page.</param>
public sealed class HtmlReport(string title) : ReportBody
{
    private static readonly Lazy<string> Style = new(() =>
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("DeepCourse.Reporting.report.css")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    });

    private readonly List<(string Name, string Value)> _facts = [];

    /// <summary>Title of the page.</summary>
    public string Title { get; set; } = title;

    /// <summary>A small line above the title, such as the course and lesson.</summary>
    public string Kicker { get; set; } = "";

    /// <summary>One or two sentences under the title: what was done and what came out.</summary>
    public string Summary { get; set; } = "";

    /// <summary>A warning under the title, such as that the data is synthetic.</summary>
    public string Notice { get; set; } = "";

    /// <summary>The last line of the page.</summary>
    public string Footer { get; set; } = "";

    /// <summary>Adds a fact about the run to the head of the page: data, device, seed.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="value">Its value.</param>
    /// <returns>This report.</returns>
    public HtmlReport Fact(string name, string value)
    {
        _facts.Add((name, value));
        return this;
    }

    /// <summary>The whole page.</summary>
    /// <returns>HTML text, the same for the same content on every machine.</returns>
    public string ToHtml()
    {
        var markup = new Markup();
        markup.Raw("<!doctype html>\n").Open("html", ("lang", "en")).Open("head");
        // The empty icon keeps browsers from asking for one.
        markup.Raw("<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n");
        markup.Element("title", Title).Raw("<style>\n").Raw(Style.Value).Raw("</style>\n").Close("head").Open("body").Open("main");
        markup.Open("header", ("class", "top"));
        if (Kicker.Length > 0) markup.Element("p", Kicker, ("class", "kicker"));
        markup.Element("h1", Title);
        if (Summary.Length > 0) markup.Raw("<p class=\"summary\">").Inline(Summary).Raw("</p>\n");
        if (Notice.Length > 0) markup.Raw("<p class=\"notice\" role=\"note\">").Inline(Notice).Raw("</p>\n");
        if (_facts.Count > 0)
        {
            markup.Open("dl", ("class", "facts"));
            foreach (var (name, value) in _facts) markup.Open("div").Element("dt", name).Element("dd", value).Close("div");
            markup.Close("dl");
        }
        var sections = Sections.ToList();
        if (sections.Count > 2)
        {
            markup.Open("nav", ("aria-label", "Sections"));
            foreach (var (title, anchor) in sections) markup.Element("a", title, ("href", "#" + anchor));
            markup.Close("nav");
        }
        markup.Close("header");
        Write(markup, anchors: true);
        if (Footer.Length > 0) markup.Raw("<footer>").Inline(Footer).Raw("</footer>\n");
        markup.Close("main").Close("body").Close("html");
        return markup.ToString();
    }
}
