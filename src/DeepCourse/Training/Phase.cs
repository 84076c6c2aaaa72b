namespace DeepCourse.Training;

/// <summary>The two halves of an epoch.</summary>
public enum Phase
{
    /// <summary>The model learns.</summary>
    Train,

    /// <summary>The model is judged; nothing in it changes.</summary>
    Validate,
}
