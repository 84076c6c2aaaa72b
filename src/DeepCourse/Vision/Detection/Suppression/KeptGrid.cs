using System.Buffers;

namespace DeepCourse.Vision.Detection.Suppression;

/// <summary>The boxes kept so far, by the cell of a grid that their middle lies in.</summary>
/// <remarks>
/// Two boxes that overlap by more than t have middles near each other. In one dimension the overlap's share is at least
/// that in two, so widths differ by less than the factor 1 / t, and the middles are less than w (1 - t) / (2 t) apart,
/// w being the width of either box. So only the cells about a box's middle have to be searched.
/// </remarks>
internal sealed class KeptGrid : IDisposable
{
    private readonly BoxColumns _boxes;
    private readonly int[] _cellOf;
    private readonly int[] _starts;
    private readonly int[] _counts;
    private readonly float _limit;
    private readonly GridAxis _columns;
    private readonly GridAxis _rows;

    private KeptGrid(ReadOnlySpan<BoxColumns.Box> boxes, GridAxis columns, GridAxis rows, float limit)
    {
        (_columns, _rows, _limit) = (columns, rows, limit);
        var cells = columns.Cells * rows.Cells;
        _boxes = new(boxes.Length);
        _cellOf = ArrayPool<int>.Shared.Rent(boxes.Length);
        _starts = ArrayPool<int>.Shared.Rent(cells);
        _counts = ArrayPool<int>.Shared.Rent(cells);
        _counts.AsSpan(0, cells).Clear();
        for (var i = 0; i < boxes.Length; i++)
        {
            ref readonly var box = ref boxes[i];
            var cell = (rows.CellOf(box.Top, box.Bottom) * columns.Cells) + columns.CellOf(box.Left, box.Right);
            _cellOf[i] = cell;
            _counts[cell]++;
        }
        // Every cell gets room for all that may be kept in it.
        var sum = 0;
        for (var cell = 0; cell < cells; cell++)
        {
            (_starts[cell], sum) = (sum, sum + _counts[cell]);
            _counts[cell] = 0;
        }
    }

    /// <summary>A grid for boxes; null where it would have too few cells to save anything.</summary>
    /// <param name="boxes">All boxes that may come to be kept.</param>
    /// <param name="limit">The overlap above which a box is suppressed.</param>
    public static KeptGrid? For(ReadOnlySpan<BoxColumns.Box> boxes, float limit)
    {
        const int fewestCells = 9;
        const float leastLimit = 0.05f;
        if (limit < leastLimit) return null;
        var most = (int)Math.Sqrt(boxes.Length) + 1;
        // A little more than the bound: overlaps are rounded.
        var reach = (1.001f / limit - 0.999f) / 2;
        var (columns, rows) = (new GridAxis(reach), new GridAxis(reach));
        foreach (ref readonly var box in boxes)
        {
            columns.Include(box.Left, box.Right);
            rows.Include(box.Top, box.Bottom);
        }
        return columns.Divide(boxes.Length, most) && rows.Divide(boxes.Length, most)
            && columns.Cells * rows.Cells >= fewestCells
                ? new(boxes, columns, rows, limit)
                : null;
    }

    /// <summary>How many cells have to be searched for a box.</summary>
    public int CellsFor(in BoxColumns.Box box)
    {
        var (x, y) = (_columns.Reach(box.Left, box.Right), _rows.Reach(box.Top, box.Bottom));
        return (x.Last - x.First + 1) * (y.Last - y.First + 1);
    }

    /// <summary>Whether a box in the grid overlaps this one too much.</summary>
    /// <param name="index">The box's place among all.</param>
    /// <param name="box">The box.</param>
    public bool Suppress(int index, in BoxColumns.Box box)
    {
        // What suppresses a box is most often in its own cell.
        if (Meets(_cellOf[index], box)) return true;
        var (x, y) = (_columns.Reach(box.Left, box.Right), _rows.Reach(box.Top, box.Bottom));
        for (var row = y.First; row <= y.Last; row++)
            for (var column = x.First; column <= x.Last; column++)
                if (Meets((row * _columns.Cells) + column, box)) return true;
        return false;
    }

    /// <summary>Puts a box in its cell.</summary>
    public void Add(int index, in BoxColumns.Box box)
    {
        var cell = _cellOf[index];
        _boxes.Set(_starts[cell] + _counts[cell]++, box);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _boxes.Dispose();
        foreach (var array in (ReadOnlySpan<int[]>)[_cellOf, _starts, _counts]) ArrayPool<int>.Shared.Return(array);
    }

    // A vector that reaches beyond the cell sees kept boxes of the next one: they suppress as well.
    private bool Meets(int cell, in BoxColumns.Box box) =>
        _boxes.AnyOverlaps(_starts[cell], _starts[cell] + _counts[cell], box, _limit);
}
