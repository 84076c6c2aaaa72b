namespace DeepCourse.Training;

/// <summary>Notes a loss on its device.</summary>
internal static class LossCell
{
    /// <summary>Copies the number of a loss, without its graph.</summary>
    /// <param name="cell">A tensor without dimensions.</param>
    /// <param name="loss">A tensor of one element.</param>
    public static void Write(Tensor cell, Tensor loss)
    {
        using var unrecorded = no_grad();
        cell.copy_(loss.dim() == 0 ? loss : loss.reshape());
    }
}
