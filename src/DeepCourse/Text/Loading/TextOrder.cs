namespace DeepCourse.Text.Loading;

/// <summary>In which order texts come.</summary>
public enum TextOrder
{
    /// <summary>The longest first, so that a batch holds texts of like length; the same in every epoch.</summary>
    ByLength,

    /// <summary>At random, but with texts of like length in a batch; the longest batch first, so that a lack of memory
    /// shows at once.</summary>
    Random,

    /// <summary>As in the corpus.</summary>
    Unchanged,
}
