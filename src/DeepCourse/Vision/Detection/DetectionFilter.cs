using DeepCourse.Tensors;

namespace DeepCourse.Vision.Detection;

/// <summary>Turns what a detector says of every anchor into what it found: candidates above a score, without those that
/// a better one overlaps.</summary>
/// <remarks>An anchor whose scores for two classes are high enough is a candidate for both, as in COCO's evaluations.
/// On a GPU everything happens there, see <see cref="NonMaximumSuppression.Mask"/>; only soft suppression, which goes
/// box by box, is done on the CPU.</remarks>
public sealed partial record DetectionFilter
{
    /// <summary>What scores no more than this is no candidate.</summary>
    /// <value>The default is 0.05: low, since precision at every score counts in metrics. For pictures to look at, 0.3 to
    /// 0.5 are usual.</value>
    public double LeastScore { get; init; } = 0.05;

    /// <summary>How many of the best candidates of each picture take part.</summary>
    /// <value>The default is 1000.</value>
    public int Candidates { get; init; } = 1000;

    /// <summary>The intersection over union above which the worse of two candidates is dropped.</summary>
    /// <value>The default is 0.5.</value>
    public double Overlap { get; init; } = 0.5;

    /// <summary>How many objects of each picture are kept at most.</summary>
    /// <value>The default is 100, as many as COCO's metrics look at.</value>
    public int Most { get; init; } = 100;

    /// <summary>Whether objects of different classes suppress each other too.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AcrossClasses { get; init; }

    /// <summary>Lowers scores instead of dropping candidates; replaces <see cref="Overlap"/>.</summary>
    /// <value>The default is null: candidates are dropped.</value>
    public SoftSuppression? Soft { get; init; }

    /// <summary>Finds the objects.</summary>
    /// <param name="scores">Probabilities, [batch, anchors, classes], without a class for the background.</param>
    /// <param name="boxes">[batch, anchors, 4] as (left, top, right, bottom), shares of the picture's sides; parts outside
    /// of the picture are cut off, and boxes dropped of which nothing is left.</param>
    /// <returns>The objects of each picture, best first, on the device of the scores. No gradient flows through
    /// them.</returns>
    /// <exception cref="ShapeException">The shapes differ from those above.</exception>
    public Detections Apply(Tensor scores, Tensor boxes)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(boxes);
        Guard.Rank(scores, 3);
        Guard.Shape(boxes, [scores.size(0), scores.size(1), 4], "[batch, anchors, 4]");
        ArgumentOutOfRangeException.ThrowIfNegative(Overlap);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Overlap, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Candidates, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Most, 1);
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        var found = scores.device_type == DeviceType.CPU || Soft is not null
            ? OnHost(scores, boxes)
            : OnDevice(scores, boxes);
        return found.MoveToOuterDisposeScope();
    }

    /// <summary>The path of GPUs, on any device: as many slots as <see cref="Most"/>.</summary>
    internal Detections OnDevice(Tensor scores, Tensor boxes)
    {
        var (batch, classes) = (scores.size(0), scores.size(2));
        var flat = scores.reshape(batch, -1).to(ScalarType.Float32);
        var (best, places) = flat.topk((int)Math.Min(Candidates, flat.size(1)), 1);
        // topk leaves the order of equal scores open: by place, then by score.
        (places, var byPlace) = places.sort(1);
        (best, var byScore) = best.gather(1, byPlace).sort(1, descending: true, stable: true);
        places = places.gather(1, byScore);
        var anchors = places.floor_divide(classes);
        var kinds = places.sub(anchors.mul(classes));
        var edges = boxes.to(ScalarType.Float32).clamp(0, 1).gather(1, anchors.unsqueeze(-1).expand(-1, -1, 4));
        var usable = best.gt(Suppression.GreedySuppression.Floor(LeastScore))
            .logical_and(edges.select(-1, 2).gt(edges.select(-1, 0)))
            .logical_and(edges.select(-1, 3).gt(edges.select(-1, 1)));
        // What is not usable gets no area, so that it suppresses nothing.
        edges = edges.masked_fill(usable.logical_not().unsqueeze(-1), 0);
        var kept = Suppression.TensorSuppression.Keep(edges, AcrossClasses ? null : kinds, Overlap).logical_and(usable);
        var (marked, slots) = best.masked_fill(kept.logical_not(), 0).sort(1, descending: true, stable: true);
        var count = Math.Min(Most, marked.size(1));
        (marked, slots) = (marked.narrow(1, 0, count), slots.narrow(1, 0, count));
        var filled = kept.gather(1, slots);
        return new(
            edges.gather(1, slots.unsqueeze(-1).expand(-1, -1, 4)).masked_fill(filled.logical_not().unsqueeze(-1), 0),
            marked,
            kinds.gather(1, slots).masked_fill(filled.logical_not(), DetectionTargets.Empty));
    }
}
