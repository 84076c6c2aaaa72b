using System.Globalization;
using System.Text;

namespace DeepCourse.Reporting;

/// <summary>Writes HTML and SVG text: every text and attribute is escaped, every number is invariant.</summary>
public sealed class Markup
{
    private readonly StringBuilder _text = new();

    /// <summary>Opens an element.</summary>
    /// <param name="name">Element name.</param>
    /// <param name="attributes">Attributes; one whose value is null is left out.</param>
    /// <returns>This writer.</returns>
    public Markup Open(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Tag(name, attributes);
        _text.Append(">\n");
        return this;
    }

    /// <summary>Closes an element.</summary>
    /// <param name="name">Element name.</param>
    /// <returns>This writer.</returns>
    public Markup Close(string name)
    {
        _text.Append("</").Append(name).Append(">\n");
        return this;
    }

    /// <summary>Writes an element that holds text only.</summary>
    /// <param name="name">Element name.</param>
    /// <param name="text">Its text, not yet escaped.</param>
    /// <param name="attributes">Attributes; one whose value is null is left out.</param>
    /// <returns>This writer.</returns>
    public Markup Element(string name, string text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Tag(name, attributes);
        _text.Append('>').Append(Escape(text)).Append("</").Append(name).Append(">\n");
        return this;
    }

    /// <summary>Writes an element without content.</summary>
    /// <param name="name">Element name.</param>
    /// <param name="attributes">Attributes; one whose value is null is left out.</param>
    /// <returns>This writer.</returns>
    public Markup Empty(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Tag(name, attributes);
        _text.Append("/>\n");
        return this;
    }

    /// <summary>Writes prose: escaped, with <c>`code`</c> and <c>**bold**</c> marked up.</summary>
    /// <param name="prose">The prose.</param>
    /// <returns>This writer.</returns>
    public Markup Inline(string prose)
    {
        var parts = Escape(prose).Split('`');
        for (var i = 0; i < parts.Length; i++)
        {
            // An unmatched backtick is only a backtick.
            if (i % 2 == 1 && i < parts.Length - 1) _text.Append("<code>").Append(parts[i]).Append("</code>");
            else Bold(i % 2 == 1 ? "`" + parts[i] : parts[i]);
        }
        return this;
    }

    /// <summary>Writes text that is HTML already.</summary>
    /// <param name="html">The HTML.</param>
    /// <returns>This writer.</returns>
    public Markup Raw(string html)
    {
        _text.Append(html);
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    /// <summary>Escapes a text for HTML content and for attributes in double quotes.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text with the five special characters replaced; control characters that HTML forbids become spaces.</returns>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            escaped.Append(character switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                '\n' or '\t' => character.ToString(),
                < ' ' or '\u007f' => " ",
                _ => character.ToString(),
            });
        }
        return escaped.ToString();
    }

    /// <summary>A coordinate: at most two decimals, never "-0".</summary>
    /// <param name="value">The coordinate.</param>
    /// <returns>Invariant text.</returns>
    public static string Coordinate(double value)
    {
        var rounded = Math.Round(value, 2) + 0.0;
        return (rounded == 0 ? 0 : rounded).ToString("0.##", CultureInfo.InvariantCulture);
    }

    private void Tag(string name, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        _text.Append('<').Append(name);
        foreach (var (key, value) in attributes)
        {
            if (value is null) continue;
            _text.Append(' ').Append(key).Append("=\"").Append(Escape(value)).Append('"');
        }
    }

    private void Bold(string escaped)
    {
        var parts = escaped.Split("**");
        for (var i = 0; i < parts.Length; i++)
        {
            if (i % 2 == 1 && i < parts.Length - 1) _text.Append("<strong>").Append(parts[i]).Append("</strong>");
            else _text.Append(i % 2 == 1 ? "**" + parts[i] : parts[i]);
        }
    }
}
