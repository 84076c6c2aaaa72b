namespace DeepCourse.Vision.Detection.Evaluation;

/// <summary>What a detector did wrong in one picture.</summary>
/// <param name="Picture">Which picture, from 0.</param>
/// <param name="Missed">Objects that were not found.</param>
/// <param name="Invented">Finds where nothing is, or on an object that another find has already.</param>
/// <param name="Confused">Objects found but named wrongly.</param>
public sealed record PictureMistakes(int Picture, int Missed, int Invented, int Confused)
{
    /// <summary>All of them.</summary>
    public int Count => Missed + Invented + Confused;
}
