using System.Text;

namespace DeepCourse.Text.Corpora;

/// <summary>A text file with many documents: one in each line, or separated by blank lines.</summary>
/// <param name="path">The file, plain or compressed by gzip.</param>
/// <param name="layout">Where a document ends.</param>
/// <param name="options">What to do with bytes that are not UTF-8.</param>
public sealed class PlainTextDocuments(string path, TextLayout layout = TextLayout.Lines, DocumentOptions? options = null) : IDocuments
{
    /// <inheritdoc/>
    public string Name => path;

    /// <inheritdoc/>
    public long? TotalBytes => new FileInfo(path).Length;

    /// <inheritdoc/>
    /// <exception cref="Tensors.DataFormatException">The file is not UTF-8; the message names the byte.</exception>
    public IEnumerable<Document> Read(Action<long>? advance = null)
    {
        using var reader = new TextFileReader(path, options ?? DocumentOptions.Default, advance);
        var documents = layout switch
        {
            TextLayout.Lines => Lines(reader),
            TextLayout.Paragraphs => Paragraphs(reader),
            _ => [new(path, reader.ReadToEnd())],
        };
        foreach (var document in documents) yield return document;
    }

    private IEnumerable<Document> Lines(TextFileReader reader)
    {
        while (reader.ReadLine() is { } line) yield return new($"{path}:{reader.Line}", line);
    }

    private IEnumerable<Document> Paragraphs(TextFileReader reader)
    {
        var text = new StringBuilder();
        var first = 0;
        while (reader.ReadLine() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                if (text.Length == 0) first = reader.Line;
                else text.Append('\n');
                text.Append(line);
            }
            else if (text.Length > 0)
            {
                yield return new($"{path}:{first}", text.ToString());
                text.Clear();
            }
        }
        if (text.Length > 0) yield return new($"{path}:{first}", text.ToString());
    }
}
