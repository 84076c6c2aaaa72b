namespace DeepCourse.Torch.Tests.Tensors;

public sealed class PrintingTests
{
    [Fact]
    public void Numpy_NestsAndElides()
    {
        using var table = arange(6, ScalarType.Int64).reshape(2, 3);
        Assert.Equal("[[0, 1, 2],\n [3, 4, 5]]", table.npstr());
        using var row = arange(20, ScalarType.Int64);
        Assert.Equal("[0, 1, 2, 3, 4, 5, ..., 14, 15, 16, 17, 18, 19]", row.npstr());
    }

    [Fact]
    public void Width_BreaksLines()
    {
        using var row = arange(8, ScalarType.Int64);
        Assert.Equal("[0, 1, 2,\n 3, 4, 5,\n 6, 7]", row.npstr(width: 10));
    }

    [Fact]
    public void PrintOptions_HoldWhereTheCallSaysNothing()
    {
        using var row = tensor(new[] { 1.0, 2.0, 3.0, 4.0, 5.0 });
        try
        {
            set_printoptions(precision: 2, maxColumns: 4);
            Assert.Equal("[1.00, 2.00, ..., 4.00, 5.00]", row.str());
            set_printoptions(style: csharp, floatFormat: "g3", maxColumns: 12);
            Assert.Equal(csharp, torch.TensorStringStyle);
            Assert.Equal("[1, 2, 3, 4, 5]", row.str());
            set_printoptions(style: TorchSharp.TensorStringStyle.Metadata);
            Assert.Equal(row.metastr(), row.str());
        }
        finally
        {
            set_printoptions(style: numpy, floatFormat: "g5", linewidth: 100, newLine: "\n", maxRows: 12, maxColumns: 12);
        }
    }

    [Fact]
    public void PrintOptions_RefuseNonsense()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => set_printoptions(precision: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => set_printoptions(linewidth: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => set_printoptions(maxRows: 1));
    }
}
