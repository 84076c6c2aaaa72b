namespace DeepCourse.Metrics;

/// <summary>Which of the three numbers a <see cref="PrecisionRecall"/> metric gives.</summary>
public enum PrecisionRecallKind
{
    /// <summary>Of the items named as a class, the share that are of it.</summary>
    Precision,

    /// <summary>Of the items of a class, the share named as it.</summary>
    Recall,

    /// <summary>The harmonic mean of both.</summary>
    F1,
}

/// <summary>Precision, recall or F1.</summary>
/// <param name="classes">The number of classes.</param>
/// <param name="kind">Which of the three.</param>
/// <param name="average">How the classes become one number.</param>
/// <remarks>A quotient with nothing below the line counts as 0, as in scikit-learn. Output: scores [batch, classes].
/// Targets: class numbers [batch].</remarks>
public sealed class PrecisionRecall(int classes, PrecisionRecallKind kind, ClassAverage average = ClassAverage.Macro) : ConfusionCounts(classes)
{
    /// <inheritdoc/>
    public override string Name => (kind switch
    {
        PrecisionRecallKind.Precision => "precision",
        PrecisionRecallKind.Recall => "recall",
        _ => "F1",
    }) + (average switch
    {
        ClassAverage.Micro => " by item",
        ClassAverage.Positive => " of class 1",
        _ => "",
    });

    /// <inheritdoc/>
    public override double Value
    {
        get
        {
            var table = Table();
            var all = Enumerable.Range(0, Classes).Select(label => OfClass(table, label)).ToArray();
            return average switch
            {
                ClassAverage.Micro => Quotient(all.Sum(each => each.Named), all.Sum(each => each.There), all.Sum(each => each.Right)),
                ClassAverage.Positive => Quotient(all[1].Named, all[1].There, all[1].Right),
                _ => all.Average(each => Quotient(each.Named, each.There, each.Right)),
            };
        }
    }

    private double Quotient(double named, double there, double right) => kind switch
    {
        PrecisionRecallKind.Precision => named > 0 ? right / named : 0,
        PrecisionRecallKind.Recall => there > 0 ? right / there : 0,
        _ => named + there > 0 ? 2 * right / (named + there) : 0,
    };
}
