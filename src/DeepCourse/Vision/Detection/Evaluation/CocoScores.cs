namespace DeepCourse.Vision.Detection.Evaluation;

/// <summary>COCO's twelve numbers.</summary>
/// <remarks>
/// Precision is the mean over the overlaps 0.50, 0.55 ... 0.95, the recalls 0, 0.01 ... 1 and the classes that have
/// objects; recall the mean over overlaps and classes. In each picture the hundred best finds of a class count. A find is
/// given the free object that it overlaps most, before any that is to be ignored; ignored are crowds, difficult objects
/// and those of another size than is asked about, with what is matched to them, and finds of another size that match
/// nothing. A crowd may be matched many times, and its overlap is the share of the find inside of it. Lin et al. 2014
/// (arXiv 1405.0312) and the definitions at cocodataset.org/#detection-eval. Differing from COCO's own program, an
/// object marked to be ignored is ignored even if it is no crowd.
/// </remarks>
public sealed class CocoScores
{
    private readonly CocoClass[] _classes;

    private CocoScores(CocoClass[] classes) => _classes = classes;

    /// <summary>AP: mean over overlaps from 0.50 to 0.95.</summary>
    public double AveragePrecision => Mean(each => each.Precision(CocoArea.All));

    /// <summary>AP50: at the overlap 0.50.</summary>
    public double AveragePrecision50 => Mean(each => each.Precision(CocoArea.All, 0));

    /// <summary>AP75: at the overlap 0.75.</summary>
    public double AveragePrecision75 => Mean(each => each.Precision(CocoArea.All, 5));

    /// <summary>AP of objects of less than 32 x 32 pixels.</summary>
    public double AveragePrecisionSmall => Mean(each => each.Precision(CocoArea.Small));

    /// <summary>AP of objects of 32 x 32 to 96 x 96 pixels.</summary>
    public double AveragePrecisionMedium => Mean(each => each.Precision(CocoArea.Medium));

    /// <summary>AP of objects of more than 96 x 96 pixels.</summary>
    public double AveragePrecisionLarge => Mean(each => each.Precision(CocoArea.Large));

    /// <summary>AR1: recall with one find a picture and class.</summary>
    public double Recall1 => Mean(each => each.Recall(CocoArea.All, 1));

    /// <summary>AR10: recall with ten finds a picture and class.</summary>
    public double Recall10 => Mean(each => each.Recall(CocoArea.All, 10));

    /// <summary>AR100: recall with a hundred finds a picture and class.</summary>
    public double Recall100 => Mean(each => each.Recall(CocoArea.All, CocoClass.MostFinds));

    /// <summary>AR of objects of less than 32 x 32 pixels.</summary>
    public double RecallSmall => Mean(each => each.Recall(CocoArea.Small, CocoClass.MostFinds));

    /// <summary>AR of objects of 32 x 32 to 96 x 96 pixels.</summary>
    public double RecallMedium => Mean(each => each.Recall(CocoArea.Medium, CocoClass.MostFinds));

    /// <summary>AR of objects of more than 96 x 96 pixels.</summary>
    public double RecallLarge => Mean(each => each.Recall(CocoArea.Large, CocoClass.MostFinds));

    /// <summary>AP of each class; not a number for those without objects.</summary>
    public IReadOnlyList<double> ByClass => [.. _classes.Select(each => each.Precision(CocoArea.All))];

    /// <summary>AP50 of each class; not a number for those without objects.</summary>
    public IReadOnlyList<double> ByClass50 => [.. _classes.Select(each => each.Precision(CocoArea.All, 0))];

    /// <summary>Measures.</summary>
    /// <param name="results">What was found, and what is there, in pixels of the pictures.</param>
    /// <param name="classes">The number of classes.</param>
    /// <returns>The scores.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A result is of a class that is not in the list.</exception>
    public static CocoScores Of(DetectionResults results, int classes)
    {
        ArgumentNullException.ThrowIfNull(results);
        return new([.. ClassResults.Split(results, classes).AsParallel().AsOrdered().Select(CocoClass.Of)]);
    }

    private double Mean(Func<CocoClass, double> value) =>
        _classes.Select(value).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
}
