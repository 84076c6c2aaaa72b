namespace DeepCourse.Vision.Detection.Evaluation;

/// <summary>What share of the objects is found, and what share of the finds is right, as the least score is
/// lowered.</summary>
public sealed class PrecisionRecallCurve
{
    /// <summary>Counts along a ranking.</summary>
    /// <param name="scores">Scores of the finds, from the highest down.</param>
    /// <param name="isRight">Whether each find is right.</param>
    /// <param name="objects">How many objects there are to be found.</param>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public PrecisionRecallCurve(IReadOnlyList<float> scores, IReadOnlyList<bool> isRight, long objects)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(isRight);
        ArgumentOutOfRangeException.ThrowIfNegative(objects);
        if (scores.Count != isRight.Count)
            throw new ArgumentException($"expected {scores.Count} answers, as many as scores, got {isRight.Count}", nameof(isRight));
        (Scores, Objects) = (scores, objects);
        var (recall, precision) = (new double[scores.Count], new double[scores.Count]);
        var right = 0L;
        for (var i = 0; i < recall.Length; i++)
        {
            if (isRight[i]) right++;
            recall[i] = objects > 0 ? (double)right / objects : 0;
            precision[i] = (double)right / (i + 1);
        }
        (Recall, Precision) = (recall, precision);
    }

    /// <summary>How many objects there are to be found.</summary>
    public long Objects { get; }

    /// <summary>The score of each find, from the highest down.</summary>
    public IReadOnlyList<float> Scores { get; }

    /// <summary>The share of the objects that is found with this find and all before it.</summary>
    public IReadOnlyList<double> Recall { get; }

    /// <summary>The share that is right of this find and all before it.</summary>
    public IReadOnlyList<double> Precision { get; }

    /// <summary>The best precision at each recall or beyond it: what the interpolations take.</summary>
    public IReadOnlyList<double> Envelope
    {
        get
        {
            double[] envelope = [.. Precision];
            Raise(envelope);
            return envelope;
        }
    }

    /// <summary>The curve as one number.</summary>
    /// <param name="interpolation">How.</param>
    /// <returns>0 to 1; not a number without objects.</returns>
    public double AveragePrecision(PrecisionInterpolation interpolation = PrecisionInterpolation.AllPoints)
    {
        if (Objects == 0) return double.NaN;
        return interpolation switch
        {
            PrecisionInterpolation.ElevenPoints => MeanAt(10),
            PrecisionInterpolation.HundredAndOnePoints => MeanAt(100),
            _ => AreaUnder(),
        };
    }

    private double AreaUnder()
    {
        var (area, before, envelope) = (0.0, 0.0, Envelope);
        for (var i = 0; i < envelope.Count; i++)
        {
            area += (Recall[i] - before) * envelope[i];
            before = Recall[i];
        }
        return area;
    }

    /// <summary>Makes each precision the best of it and all after it.</summary>
    internal static void Raise(Span<double> precision)
    {
        for (var i = precision.Length - 2; i >= 0; i--) precision[i] = Math.Max(precision[i], precision[i + 1]);
    }

    /// <summary>The mean of an envelope at evenly spaced recalls from 0 to 1; nothing is found beyond its end.</summary>
    internal static double MeanAt(ReadOnlySpan<double> recall, ReadOnlySpan<double> envelope, int steps)
    {
        var (sum, at) = (0.0, 0);
        for (var step = 0; step <= steps; step++)
        {
            // COCO's steps are multiples of 0.01, and 7 * 0.01 is a little more than 7 / 100.
            var asked = steps == 100 ? step * 0.01 : (double)step / steps;
            while (at < envelope.Length && recall[at] < asked) at++;
            if (at == envelope.Length) break;
            sum += envelope[at];
        }
        return sum / (steps + 1);
    }

    private double MeanAt(int steps) => MeanAt([.. Recall], [.. Envelope], steps);
}
