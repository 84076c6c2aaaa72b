namespace DeepCourse.Text.Corpora;

/// <summary>Where a document of a plain text file ends.</summary>
public enum TextLayout
{
    /// <summary>Each line is a document.</summary>
    Lines,

    /// <summary>Documents are separated by one or more blank lines.</summary>
    Paragraphs,

    /// <summary>The file is one document.</summary>
    WholeFile,
}
