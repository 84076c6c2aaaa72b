using DeepCourse.Text.Baselines;

namespace DeepCourse.Text.Vectors;

/// <summary>Few numbers for each row of a large symmetric sparse matrix, whose products come near the matrix.</summary>
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
        var (rows, columns) = (matrix.Count, Math.Min(matrix.Count, size + Spare));
        var random = new Random(seed);
        var numbers = new double[rows * columns];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = random.NextDouble() - 0.5;
        var product = new double[numbers.Length];
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            matrix.Multiply(numbers, product, columns);
            using var scope = NewDisposeScope();
            Copy(linalg.qr(tensor(product, [rows, columns])).Q, numbers);
        }
        matrix.Multiply(numbers, product, columns);
        return Rows(numbers, product, rows, columns, size);
    }

    // Inside the space that was found the matrix is small: its eigenvectors there are those of the whole, nearly.
    private static float[] Rows(double[] basis, double[] product, int rows, int columns, int size)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var q = tensor(basis, [rows, columns]);
        var inside = q.t().mm(tensor(product, [rows, columns]));
        var (values, vectors) = linalg.eigh((inside + inside.t()) / 2);
        var largest = values.abs().argsort(0, descending: true).narrow(0, 0, size);
        var factors = q.mm(vectors.index_select(1, largest)) * values.index_select(0, largest).abs().sqrt();
        var lengths = factors.norm(1, keepdim: true).clamp(min: 1e-6);
        return factors.div(lengths).to(ScalarType.Float32).contiguous().data<float>().ToArray();
    }

    private static void Copy(Tensor source, double[] target) => source.contiguous().data<double>().CopyTo(target);
}
