using DeepCourse.Vision.Detection.Suppression;

namespace DeepCourse.Vision.Detection;

/// <summary>How soft suppression lowers a score.</summary>
public enum ScoreDecay
{
    /// <summary>By the factor 1 - IoU where the overlap is above a limit, else not at all.</summary>
    Linear,

    /// <summary>By the factor exp(-IoU^2 / sigma) everywhere.</summary>
    Gaussian,
}

/// <summary>Soft non-maximum suppression: boxes that overlap a better one lose score instead of being dropped, so that
/// objects close together are not lost.</summary>
/// <remarks>Bodla et al. 2017 (arXiv 1704.04503), equations 2 and 3. The box that is best by the scores lowered so far
/// is taken next, until all are below the least score.</remarks>
public sealed record SoftSuppression
{
    /// <summary>How scores are lowered.</summary>
    /// <value>The default is <see cref="ScoreDecay.Gaussian"/>.</value>
    public ScoreDecay Decay { get; init; } = ScoreDecay.Gaussian;

    /// <summary>Width of the Gaussian decay.</summary>
    /// <value>The default is the paper's 0.5.</value>
    public double Sigma { get; init; } = 0.5;

    /// <summary>The intersection over union above which the linear decay lowers scores.</summary>
    /// <value>The default is the paper's 0.3.</value>
    public double Overlap { get; init; } = 0.3;

    /// <summary>What falls below this score is dropped.</summary>
    /// <value>The default is the paper's 0.001.</value>
    public double LeastScore { get; init; } = 0.001;

    /// <summary>Lowers the scores of boxes that overlap better ones.</summary>
    /// <param name="boxes">(left, top, right, bottom) of each box, one after the other.</param>
    /// <param name="scores">One a box, higher is better.</param>
    /// <param name="classes">One a box: boxes of different classes leave each other alone; empty when they don't.</param>
    /// <param name="most">The largest number of boxes to keep.</param>
    /// <returns>The boxes kept, best first, with their new scores.</returns>
    /// <exception cref="ArgumentException">The lists do not fit each other.</exception>
    public (int Index, float Score)[] Apply(
        ReadOnlySpan<float> boxes, ReadOnlySpan<float> scores, ReadOnlySpan<long> classes = default, int most = int.MaxValue)
    {
        if (boxes.Length != 4L * scores.Length)
            throw new ArgumentException($"expected {4L * scores.Length} edges for {scores.Length} scores, got {boxes.Length}", nameof(boxes));
        if (!classes.IsEmpty && classes.Length != scores.Length)
            throw new ArgumentException($"expected {scores.Length} classes, as many as scores, got {classes.Length}", nameof(classes));
        var left = ScoreOrder.Of(scores).AsSpan();
        var lowered = scores.ToArray();
        var kept = new List<(int, float)>();
        while (left.Length > 0 && kept.Count < most)
        {
            var best = 0;
            for (var i = 1; i < left.Length; i++)
                if (lowered[left[i]] > lowered[left[best]]) best = i;
            var index = left[best];
            if (!(lowered[index] >= LeastScore)) break;
            kept.Add((index, lowered[index]));
            // The rest stays in order, so that equal scores go by place.
            left[..best].CopyTo(left[1..]);
            left = left[1..];
            var box = BoxColumns.Box.At(boxes, index);
            foreach (var other in left)
                if (classes.IsEmpty || classes[other] == classes[index])
                    lowered[other] *= Factor(box, BoxColumns.Box.At(boxes, other));
        }
        return [.. kept];
    }

    private float Factor(in BoxColumns.Box first, in BoxColumns.Box second)
    {
        var common = Math.Max(0, Math.Min(first.Right, second.Right) - Math.Max(first.Left, second.Left))
            * Math.Max(0, Math.Min(first.Bottom, second.Bottom) - Math.Max(first.Top, second.Top));
        if (!(common > 0)) return 1;
        var overlap = common / (first.Area + second.Area - common);
        if (Decay == ScoreDecay.Gaussian) return (float)Math.Exp(-overlap * overlap / Sigma);
        return overlap > Overlap ? 1 - overlap : 1;
    }
}
