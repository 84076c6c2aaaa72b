namespace DeepCourse.Vision.Detection.Suppression;

/// <summary>One direction of a grid over boxes: which cell a middle lies in, and which cells to search about it.</summary>
/// <param name="reach">How far apart middles may be, in units of a box's side.</param>
internal sealed class GridAxis(float reach)
{
    private float _lowest = float.PositiveInfinity;
    private float _highest = float.NegativeInfinity;
    private double _sides;
    private float _slack;
    private float _cellsAUnit;

    /// <summary>How many cells there are.</summary>
    public int Cells { get; private set; } = 1;

    /// <summary>Makes the axis hold a box.</summary>
    public void Include(float low, float high)
    {
        var middle = Middle(low, high);
        if (!float.IsFinite(middle)) return;
        (_lowest, _highest) = (Math.Min(_lowest, middle), Math.Max(_highest, middle));
        _sides += Math.Max(0, high - low);
    }

    /// <summary>Chooses the cells: about as wide as an average search reaches.</summary>
    /// <param name="boxes">How many boxes there are.</param>
    /// <param name="most">The largest number of cells.</param>
    /// <returns>False when there is nothing to divide.</returns>
    public bool Divide(int boxes, int most)
    {
        var range = _highest - _lowest;
        if (!float.IsFinite(range)) return false;
        var cell = (float)(_sides / boxes) * reach;
        Cells = cell > 0 ? (int)Math.Clamp(range / cell, 1, most) : range > 0 ? most : 1;
        _cellsAUnit = range > 0 ? Cells / range : 0;
        // Middles are rounded too, the coarser the farther from zero.
        _slack = 1e-6f * Math.Max(Math.Abs(_lowest), Math.Abs(_highest));
        return true;
    }

    /// <summary>The cell that the middle of a box lies in.</summary>
    public int CellOf(float low, float high) => Cell(Middle(low, high));

    /// <summary>The cells in which the middles of boxes lie that may overlap a box.</summary>
    public (int First, int Last) Reach(float low, float high)
    {
        var (middle, distance) = (Middle(low, high), (Math.Max(0, high - low) * reach) + _slack);
        return (Cell(middle - distance), Cell(middle + distance));
    }

    private static float Middle(float low, float high) => (low / 2) + (high / 2);

    // What is no number goes to the first cell, what is beyond the ends to the last ones.
    private int Cell(float place) => (int)Math.Clamp((place - _lowest) * _cellsAUnit, 0, Cells - 1);
}
