namespace DeepCourse.Vision.Detection;

/// <summary>What the sizes of anchors are measured in.</summary>
public enum AnchorUnit
{
    /// <summary>Cells of the level's grid.</summary>
    Cell,

    /// <summary>Pixels of the picture that enters the network.</summary>
    Pixel,

    /// <summary>Shares of the picture's sides.</summary>
    Picture,
}
