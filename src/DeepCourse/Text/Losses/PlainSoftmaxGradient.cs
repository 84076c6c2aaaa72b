namespace DeepCourse.Text.Losses;

/// <summary>Cross entropy and its gradient in the memory of the logits, by operations that exist everywhere.</summary>
internal static class PlainSoftmaxGradient
{
    /// <summary>Overwrites logits by the gradient of their cross entropies' sum, times a scale.</summary>
    /// <param name="logits">[rows, classes], contiguous; becomes (softmax - one at the target) * scale. With a scale of 0 its
    /// values are of no use afterwards.</param>
    /// <param name="targets">int64 [rows]</param>
    /// <param name="scale">Such as 1 / rows for a mean.</param>
    /// <returns>The cross entropy of each row.</returns>
    public static Tensor Apply(Tensor logits, Tensor targets, double scale)
    {
        var places = targets.unsqueeze(1);
        logits.sub_(logits.amax([1], keepdim: true));
        var chosen = logits.gather(1, places);
        logits.exp_();
        var sum = logits.sum(1, keepdim: true);
        if (scale != 0)
        {
            logits.mul_(sum.reciprocal().mul_(scale));
            logits.scatter_add_(1, places, full_like(chosen, -scale));
        }
        return sum.log_().sub_(chosen).squeeze(1);
    }
}
