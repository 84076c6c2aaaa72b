namespace DeepCourse.Metrics;

/// <summary>How a number for each class becomes one number.</summary>
public enum ClassAverage
{
    /// <summary>Each class counts alike, however rare.</summary>
    Macro,

    /// <summary>Each item counts alike; where every item has one class and is given one, that is the accuracy.</summary>
    Micro,

    /// <summary>Class 1 alone: the positive one of two.</summary>
    Positive,
}
