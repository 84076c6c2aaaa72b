namespace DeepCourse.Vision.Interpretation;

/// <summary>Where a model looks: a patch hides one place after another, and the score falls where it matters.</summary>
/// <remarks>Zeiler and Fergus 2014 (arXiv 1311.2901), section 4.2. Works with any model; it needs no
/// gradient.</remarks>
public static class OcclusionMap
{
    /// <summary>Hides each place in turn.</summary>
    /// <param name="image">A normalised picture, float [3, height, width].</param>
    /// <param name="score">Scores pictures, [batch, 3, height, width] to [batch]: the logit or probability of a
    /// class.</param>
    /// <param name="window">Side of the patch in pixels.</param>
    /// <param name="stride">Pixels from one place to the next.</param>
    /// <param name="batchSize">Pictures to score at once.</param>
    /// <param name="fill">The patch's value; 0 is the mean colour of normalised pictures.</param>
    /// <returns>How much the score falls, float32 [rows, columns] on the CPU; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The picture has another shape or is smaller than the patch.</exception>
    public static Tensor Of(
        Tensor image, Func<Tensor, Tensor> score, int window = 32, int stride = 16, int batchSize = 32, double fill = 0)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(score);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stride);
        if (image.dim() != 3 || window <= 0 || window > image.shape[1] || window > image.shape[2])
            throw new ArgumentException(
                $"expected a picture [3, height, width] of at least {window} x {window}, "
                + $"got [{string.Join(", ", image.shape)}]",
                nameof(image));
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        var (rows, columns) = (Steps(image.shape[1], window, stride), Steps(image.shape[2], window, stride));
        var whole = score(image.unsqueeze(0)).reshape(1);
        var falls = new List<Tensor>();
        foreach (var places in Enumerable.Range(0, rows * columns).Chunk(batchSize))
        {
            using var batch = torch.NewDisposeScope();
            var hidden = image.unsqueeze(0).repeat(places.Length, 1, 1, 1);
            for (var i = 0; i < places.Length; i++)
            {
                var (top, left) = (places[i] / columns * stride, places[i] % columns * stride);
                hidden[i].narrow(1, top, window).narrow(2, left, window).fill_(fill);
            }
            falls.Add((whole - score(hidden).reshape(places.Length)).MoveToOuterDisposeScope());
        }
        return torch.cat([.. falls]).to(ScalarType.Float32).cpu().view(rows, columns).MoveToOuterDisposeScope();
    }

    private static int Steps(long side, int window, int stride) => (int)((side - window) / stride) + 1;
}
