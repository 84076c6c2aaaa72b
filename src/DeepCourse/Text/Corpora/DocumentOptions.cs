namespace DeepCourse.Text.Corpora;

/// <summary>How files become documents, whatever their format.</summary>
/// <remarks>Files are UTF-8, with or without a byte order mark, plain or compressed by gzip: their first bytes
/// tell.</remarks>
public sealed record DocumentOptions
{
    /// <summary>Whether bytes that are not UTF-8 are read as U+FFFD instead of being an error.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool ReplaceUndecodable { get; init; }

    /// <summary>Whether a document without a label is an error, where the format has a place for labels.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool RequireLabels { get; init; } = true;

    internal static DocumentOptions Default { get; } = new();
}
