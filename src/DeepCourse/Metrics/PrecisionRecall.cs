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

/// <summary>Precision, recall or F1: each class counts alike (the macro average).</summary>
/// <param name="classes">The number of classes.</param>
/// <param name="kind">Which of the three.</param>
/// <remarks>A quotient with nothing below the line counts as 0, as in scikit-learn. Output: scores [batch, classes].
/// Targets: class numbers [batch].</remarks>
public sealed class PrecisionRecall(int classes, PrecisionRecallKind kind) : ConfusionCounts(classes)
{
    /// <inheritdoc/>
    public override string Name => kind switch
    {
        PrecisionRecallKind.Precision => "precision",
        PrecisionRecallKind.Recall => "recall",
        _ => "F1",
    };

    /// <inheritdoc/>
    public override double Value
    {
        get
        {
            var table = Table();
            var sum = 0.0;
            for (var label = 0; label < Classes; label++) sum += OfClass(table, label);
            return sum / Classes;
        }
    }

    private double OfClass(long[,] table, int label)
    {
        double named = 0, there = 0, right = table[label, label];
        for (var other = 0; other < Classes; other++)
        {
            named += table[other, label];
            there += table[label, other];
        }
        return kind switch
        {
            PrecisionRecallKind.Precision => named > 0 ? right / named : 0,
            PrecisionRecallKind.Recall => there > 0 ? right / there : 0,
            _ => named + there > 0 ? 2 * right / (named + there) : 0,
        };
    }
}
