using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepCourse.Text.Baselines;

/// <summary>A matrix of which nearly everything is zero, row by row: the columns and values of a row stand together.</summary>
/// <remarks>What others call CSR.</remarks>
public sealed class SparseRows
{
    private readonly int[] _starts;
    private readonly int[] _columns;
    private readonly float[] _values;

    /// <summary>A matrix from its parts.</summary>
    /// <param name="width">The number of columns.</param>
    /// <param name="starts">Where each row begins in the other two; one more number than there are rows, the last one their
    /// length.</param>
    /// <param name="columns">The columns of each row, rising inside a row.</param>
    /// <param name="values">Their values.</param>
    /// <exception cref="ArgumentException">The parts don't fit together.</exception>
    public SparseRows(int width, int[] starts, int[] columns, float[] values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        if (starts.Length == 0 || starts[0] != 0 || starts[^1] != columns.Length || columns.Length != values.Length)
            throw new ArgumentException($"starts end at {(starts.Length == 0 ? "nothing" : starts[^1])}, but there are {columns.Length} columns and {values.Length} values", nameof(starts));
        for (var row = 0; row + 1 < starts.Length; row++)
        {
            if (starts[row + 1] < starts[row]) throw new ArgumentException($"row {row} ends before it begins", nameof(starts));
            for (var i = starts[row]; i < starts[row + 1]; i++)
                if ((uint)columns[i] >= (uint)width || (i > starts[row] && columns[i] <= columns[i - 1]))
                    throw new ArgumentException($"row {row}: column {columns[i]} is out of order or not among the {width}", nameof(columns));
        }
        (Width, _starts, _columns, _values) = (width, starts, columns, values);
    }

    /// <summary>The number of rows.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>The number of columns.</summary>
    public int Width { get; }

    /// <summary>The number of values that are kept.</summary>
    public int Filled => _columns.Length;

    /// <summary>The columns of a row that hold something.</summary>
    /// <param name="row">From 0 up to, but not including, <see cref="Count"/>.</param>
    public ReadOnlySpan<int> Columns(int row) => _columns.AsSpan(_starts[row].._starts[row + 1]);

    /// <summary>The values in <see cref="Columns"/>.</summary>
    /// <param name="row">From 0 up to, but not including, <see cref="Count"/>.</param>
    public ReadOnlySpan<float> Values(int row) => _values.AsSpan(_starts[row].._starts[row + 1]);

    /// <summary>Some of the rows, in the order given.</summary>
    /// <param name="rows">Their numbers.</param>
    public SparseRows Select(IReadOnlyList<int> rows)
    {
        var starts = new int[rows.Count + 1];
        for (var i = 0; i < rows.Count; i++) starts[i + 1] = starts[i] + Columns(rows[i]).Length;
        var (columns, values) = (new int[starts[^1]], new float[starts[^1]]);
        for (var i = 0; i < rows.Count; i++)
        {
            Columns(rows[i]).CopyTo(columns.AsSpan(starts[i]));
            Values(rows[i]).CopyTo(values.AsSpan(starts[i]));
        }
        return new(Width, starts, columns, values);
    }

    /// <summary>Rows and columns exchanged.</summary>
    public SparseRows Transpose()
    {
        var starts = new int[Width + 1];
        foreach (var column in _columns) starts[column + 1]++;
        for (var column = 0; column < Width; column++) starts[column + 1] += starts[column];
        var next = starts[..^1];
        var (rows, values) = (new int[Filled], new float[Filled]);
        for (var row = 0; row < Count; row++)
        {
            for (var i = _starts[row]; i < _starts[row + 1]; i++)
            {
                var place = next[_columns[i]]++;
                (rows[place], values[place]) = (row, _values[i]);
            }
        }
        return new(Count, starts, rows, values);
    }

    /// <summary>Multiplies with a dense matrix, in parallel; the result doesn't depend on the number of threads.</summary>
    /// <param name="factor">[<see cref="Width"/>, depth], one row after the other; what stands behind is not read.</param>
    /// <param name="product">Gets [<see cref="Count"/>, depth]; what stands behind is not changed.</param>
    /// <param name="depth">The number of columns of both.</param>
    public void Multiply(double[] factor, double[] product, int depth = 1)
    {
        if (factor.Length < (long)Width * depth) throw new ArgumentException($"expected {Width} x {depth} numbers, found {factor.Length}", nameof(factor));
        if (product.Length < (long)Count * depth) throw new ArgumentException($"expected {Count} x {depth} numbers, found {product.Length}", nameof(product));
        // Rows differ in length by a factor of a hundred; pieces of equal content keep all cores busy to the end.
        var pieces = Math.Max(1, Math.Min(4 * Environment.ProcessorCount, Filled / 4096));
        if (pieces == 1) Multiply(factor, product, depth, 0, Count);
        else Parallel.For(0, pieces, piece => Multiply(factor, product, depth, RowAt(piece, pieces), RowAt(piece + 1, pieces)));
    }

    private int RowAt(int piece, int pieces)
    {
        if (piece == 0) return 0;
        if (piece == pieces) return Count;
        var found = Array.BinarySearch(_starts, (int)((long)Filled * piece / pieces));
        return Math.Min(found < 0 ? ~found : found, Count);
    }

    private void Multiply(double[] factor, double[] product, int depth, int from, int to)
    {
        ref var factors = ref MemoryMarshal.GetArrayDataReference(factor);
        for (var row = from; row < to; row++)
        {
            var columns = Columns(row);
            var values = Values(row);
            if (depth == 1)
            {
                // The columns were checked when the matrix was made.
                double sum = 0;
                for (var i = 0; i < columns.Length; i++) sum += values[i] * Unsafe.Add(ref factors, columns[i]);
                product[row] = sum;
                continue;
            }
            var sums = product.AsSpan(row * depth, depth);
            sums.Clear();
            for (var i = 0; i < columns.Length; i++)
            {
                var factorRow = factor.AsSpan(columns[i] * depth, depth);
                for (var k = 0; k < depth; k++) sums[k] += values[i] * factorRow[k];
            }
        }
    }
}
