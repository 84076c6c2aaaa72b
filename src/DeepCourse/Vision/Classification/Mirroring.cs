namespace DeepCourse.Vision.Classification;

/// <summary>Which training pictures are mirrored, left and right.</summary>
public enum Mirroring
{
    /// <summary>None.</summary>
    None,

    /// <summary>Each picture in half of the epochs, drawn anew for each.</summary>
    Random,

    /// <summary>Each picture in every second epoch: half of them, drawn once, in the even ones, the others in the odd
    /// ones. Two epochs in a row show every picture both ways, where a draw would repeat a half of them (Jordan 2024,
    /// arXiv 2404.00498, section 3.6).</summary>
    Alternating,
}
