namespace DeepCourse.Vision.Detection.Evaluation;

/// <summary>How a curve of precision over recall becomes one number. All take the best precision at a recall or beyond
/// it.</summary>
public enum PrecisionInterpolation
{
    /// <summary>The area under the curve, as Pascal VOC measures since 2010.</summary>
    AllPoints,

    /// <summary>The mean at the recalls 0, 0.1 ... 1, as Pascal VOC 2007 did.</summary>
    ElevenPoints,

    /// <summary>The mean at the recalls 0, 0.01 ... 1, as COCO does.</summary>
    HundredAndOnePoints,
}
