using DeepCourse.Text.Baselines;

namespace DeepCourse.Text.Vectors;

/// <summary>Few numbers for each row of a large symmetric matrix, whose products come near the matrix.</summary>
internal static class SymmetricFactors
{
    // Halko, Martinsson and Tropp 2011: some directions more than wanted, and a few iterations, are enough.
    private const int Spare = 16;
    private const int Iterations = 4;

    /// <summary>The eigenvectors of the largest eigenvalues by amount, times the root of that amount; each row then has
    /// length 1 (or 0).</summary>
    /// <param name="matrix">[n, n], symmetric.</param>
    /// <param name="size">How many eigenvectors, less than n.</param>
    /// <param name="seed">Of the random start.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>[n, size], row after row.</returns>
    public static float[] Of(SparseRows matrix, int size, int seed, CancellationToken cancellation = default)
    {
        using var scope = NewDisposeScope();
        var (values, vectors) = Eigenvectors(matrix.Multiply, matrix.Count, size, seed, cancellation);
        var factors = vectors * values.abs().sqrt();
        var lengths = factors.norm(1, keepdim: true).clamp(min: 1e-6);
        return factors.div(lengths).to(ScalarType.Float32).contiguous().data<float>().ToArray();
    }

    /// <summary>The largest eigenvalues by amount, falling, and their eigenvectors, of a matrix that is known only by what
    /// it does to vectors.</summary>
    /// <param name="multiply">Multiplies the matrix with a dense one: factor [n, depth] row after row, product the same,
    /// depth.</param>
    /// <param name="rows">n.</param>
    /// <param name="size">How many, less than n.</param>
    /// <param name="seed">Of the random start.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>float64 [size] and [n, size].</returns>
    public static (Tensor Values, Tensor Vectors) Eigenvectors(
        Action<double[], double[], int> multiply, int rows, int size, int seed, CancellationToken cancellation = default)
    {
        var columns = Math.Min(rows, size + Spare);
        var random = new Random(seed);
        var numbers = new double[rows * columns];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = random.NextDouble() - 0.5;
        var product = new double[numbers.Length];
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            multiply(numbers, product, columns);
            using var inner = NewDisposeScope();
            linalg.qr(tensor(product, [rows, columns])).Q.contiguous().data<double>().CopyTo(numbers);
        }
        multiply(numbers, product, columns);

        // Inside the space that was found the matrix is small: its eigenvectors there are those of the whole, nearly.
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var q = tensor(numbers, [rows, columns]);
        var inside = q.t().mm(tensor(product, [rows, columns]));
        var (values, vectors) = linalg.eigh((inside + inside.t()) / 2);
        var largest = values.abs().argsort(0, descending: true).narrow(0, 0, size);
        return (values.index_select(0, largest).MoveToOuterDisposeScope(), q.mm(vectors.index_select(1, largest)).MoveToOuterDisposeScope());
    }
}
