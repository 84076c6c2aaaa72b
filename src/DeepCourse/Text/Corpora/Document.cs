namespace DeepCourse.Text.Corpora;

/// <summary>A text of a corpus.</summary>
/// <param name="Name">Where it comes from, for messages: a path, or a file and a line.</param>
/// <param name="Text">The text.</param>
/// <param name="Label">The name of its label, if it has one.</param>
public sealed record Document(string Name, string Text, string? Label = null)
{
    /// <summary>Whether there is nothing but white space.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Text);
}
