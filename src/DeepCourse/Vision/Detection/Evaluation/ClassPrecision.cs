namespace DeepCourse.Vision.Detection.Evaluation;

/// <summary>How well the objects of one class are found.</summary>
/// <param name="Class">Index of the class.</param>
/// <param name="AveragePrecision">0 to 1; not a number when there is no object of the class.</param>
/// <param name="Curve">Precision over recall.</param>
public sealed record ClassPrecision(int Class, double AveragePrecision, PrecisionRecallCurve Curve);
