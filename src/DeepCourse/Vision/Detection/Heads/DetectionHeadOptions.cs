namespace DeepCourse.Vision.Detection.Heads;

/// <summary>How a <see cref="DetectionHead"/> is built.</summary>
public sealed record DetectionHeadOptions
{
    /// <summary>Anchors at every cell.</summary>
    /// <value>The default is 1.</value>
    public int Anchors { get; init; } = 1;

    /// <summary>Numbers that describe one box: 4, or 4 times the bins of a distribution for each side.</summary>
    /// <value>The default is 4.</value>
    public int BoxValues { get; init; } = 4;

    /// <summary>Convolutions in each of the two towers.</summary>
    /// <value>The default is 2; RetinaNet and FCOS have 4.</value>
    public int Depth { get; init; } = 2;

    /// <summary>Groups of the normalisation after each convolution of a tower; 0 for none.</summary>
    /// <value>The default is 16. Batch normalisation would mix the statistics of levels that share weights.</value>
    public int Groups { get; init; } = 16;

    /// <summary>Whether the box values of every level are multiplied by a number of its own, which is learned.</summary>
    /// <value>The default is <see langword="true"/>. Tian et al. 2019 (arXiv 1904.01355), section 3.2.</value>
    public bool ScaleLevels { get; init; } = true;

    /// <summary>The probability of every class that the head starts with.</summary>
    /// <value>The default is 0.01: most cells hold nothing, and a start at 0.5 drowns the first steps in their
    /// error.</value>
    public double Prior { get; init; } = 0.01;
}
