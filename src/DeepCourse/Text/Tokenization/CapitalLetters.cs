namespace DeepCourse.Text.Tokenization;

/// <summary>What becomes of capital letters, so that a word at the beginning of a sentence is the same word.</summary>
public enum CapitalLetters
{
    /// <summary>Words are written in lower case, and a token before them says what they were.</summary>
    Marked,

    /// <summary>Words are written in lower case.</summary>
    Lowered,

    /// <summary>Words stay as they are.</summary>
    Kept,
}
