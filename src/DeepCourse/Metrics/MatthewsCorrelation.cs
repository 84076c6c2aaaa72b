namespace DeepCourse.Metrics;

/// <summary>How far answers and truth go together: 1 for all right, 0 for guesses, -1 for two classes exchanged. Unlike
/// accuracy, it gives nothing for always naming the most frequent class.</summary>
/// <param name="classes">The number of classes.</param>
/// <remarks>Matthews 1975; for more than two classes Gorodkin 2004. 0 where only one class was named or is there, as in
/// scikit-learn. Output: scores [batch, classes]. Targets: class numbers [batch].</remarks>
public sealed class MatthewsCorrelation(int classes) : ConfusionCounts(classes)
{
    /// <inheritdoc/>
    public override string Name => "Matthews correlation";

    /// <inheritdoc/>
    public override double Value
    {
        get
        {
            var table = Table();
            double all = 0, right = 0, both = 0, namedSquared = 0, thereSquared = 0;
            for (var label = 0; label < Classes; label++)
            {
                var (named, there, rightly) = OfClass(table, label);
                right += rightly;
                all += there;
                both += named * there;
                namedSquared += named * named;
                thereSquared += there * there;
            }
            if (all == 0) return double.NaN;
            var spread = Math.Sqrt(((all * all) - namedSquared) * ((all * all) - thereSquared));
            return spread > 0 ? ((right * all) - both) / spread : 0;
        }
    }
}
