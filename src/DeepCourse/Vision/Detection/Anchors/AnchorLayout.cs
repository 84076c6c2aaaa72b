namespace DeepCourse.Vision.Detection;

/// <summary>How the anchors of one level lie in the list: row by row, and all shapes of a cell side by side.</summary>
/// <param name="Rows">Cells down.</param>
/// <param name="Columns">Cells across.</param>
/// <param name="PerCell">Shapes at each cell.</param>
public readonly record struct AnchorLayout(int Rows, int Columns, int PerCell)
{
    /// <summary>Anchors of the level.</summary>
    public int Count => Rows * Columns * PerCell;
}
