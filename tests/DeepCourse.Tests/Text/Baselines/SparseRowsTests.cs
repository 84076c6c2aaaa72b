using DeepCourse.Text.Baselines;

namespace DeepCourse.Tests.Text.Baselines;

public sealed class SparseRowsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Products_AreThoseOfTheFullMatrix(int depth)
    {
        // Large enough to be cut into pieces, and with empty rows among them.
        var random = new Random(5);
        const int count = 700, width = 90;
        var full = new double[count, width];
        List<int> starts = [0], columns = [];
        List<float> values = [];
        for (var row = 0; row < count; row++)
        {
            for (var column = 0; column < width && row % 7 != 0; column++)
            {
                if (random.NextDouble() < 0.7) continue;
                values.Add(random.NextSingle() - 0.5f);
                columns.Add(column);
                full[row, column] = values[^1];
            }
            starts.Add(columns.Count);
        }
        var rows = new SparseRows(width, [.. starts], [.. columns], [.. values]);
        Assert.True(rows.Filled > 2 * 4096);
        var right = Enumerable.Range(0, width * depth).Select(_ => random.NextDouble()).ToArray();
        var left = Enumerable.Range(0, count * depth).Select(_ => random.NextDouble()).ToArray();
        var (forth, back) = (new double[count * depth], new double[width * depth]);
        rows.Multiply(right, forth, depth);
        rows.Transpose().Multiply(left, back, depth);
        for (var k = 0; k < depth; k++)
        {
            for (var row = 0; row < count; row++)
                Assert.Equal(Enumerable.Range(0, width).Sum(column => full[row, column] * right[(column * depth) + k]), forth[(row * depth) + k], 1e-9);
            for (var column = 0; column < width; column++)
                Assert.Equal(Enumerable.Range(0, count).Sum(row => full[row, column] * left[(row * depth) + k]), back[(column * depth) + k], 1e-9);
        }
    }

    [Fact]
    public void Select_TakesRowsInTheOrderGiven()
    {
        var rows = new SparseRows(4, [0, 2, 2, 3], [0, 3, 1], [1, 2, 3]).Select([2, 0, 2]);

        Assert.Equal([1], rows.Columns(0).ToArray());
        Assert.Equal([1f, 2f], rows.Values(1).ToArray());
        Assert.Equal([3f], rows.Values(2).ToArray());
    }

    [Theory]
    [InlineData(new[] { 0, 2 }, new[] { 1, 0 }, "row 0: column 0 is out of order")]
    [InlineData(new[] { 0, 2 }, new[] { 1, 4 }, "column 4 is out of order or not among the 4")]
    [InlineData(new[] { 0, 1 }, new[] { 1, 2 }, "starts end at 1")]
    [InlineData(new[] { 0, 2, 1, 2 }, new[] { 1, 2 }, "row 1 ends before it begins")]
    public void PartsThatDontFit_AreRefused(int[] starts, int[] columns, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => new SparseRows(4, starts, columns, [1, 1])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(37)]
    public void DenseArithmetic_ReachesEveryNumber(int length)
    {
        double[] a = [.. Enumerable.Range(1, length).Select(i => (double)i)], b = [.. Enumerable.Range(1, length).Select(i => 1.0 / i)];

        Assert.Equal(length, Dense.Dot(a, b), 1e-12);
        var sum = a.ToArray();
        Dense.Add(sum, 2, b);
        Assert.Equal(a.Zip(b, (x, y) => x + (2 * y)), sum);
        Dense.ScaleAndAdd(sum, 3, a);
        Assert.Equal(a.Zip(b, (x, y) => (3 * (x + (2 * y))) + x), sum);
    }
}
