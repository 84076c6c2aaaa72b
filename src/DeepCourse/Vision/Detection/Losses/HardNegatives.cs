namespace DeepCourse.Vision.Detection;

/// <summary>Keeps the objects of a picture and the backgrounds that are most taken for one.</summary>
/// <param name="PerObject">Backgrounds kept for every anchor with an object; a picture without objects keeps as many as
/// if it had one, so that it teaches something.</param>
/// <remarks>Liu et al. 2016 (arXiv 1512.02325), section 2.2: at most three to one.</remarks>
public sealed record HardNegatives(double PerObject = 3)
{
    /// <summary>Which anchors count.</summary>
    /// <param name="difficulty">[batch, anchors], greater where an anchor is further from being called
    /// background.</param>
    /// <param name="matches">Those of the same anchors.</param>
    /// <returns>bool, [batch, anchors].</returns>
    public Tensor Kept(Tensor difficulty, Matches matches)
    {
        ArgumentNullException.ThrowIfNull(difficulty);
        ArgumentNullException.ThrowIfNull(matches);
        using var frozen = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var objects = matches.Objects;
        var background = matches.Slots.eq(Matches.Background);
        var order = difficulty.masked_fill(background.logical_not(), double.NegativeInfinity).argsort(1, descending: true);
        var rank = order.argsort(1);
        var many = objects.sum(1, keepdim: true).clamp(min: 1) * PerObject;
        return rank.lt(many).logical_and(background).logical_or(objects).MoveToOuterDisposeScope();
    }
}
