namespace DeepCourse.Torch.Tests.Tensors;

public sealed class TensorListTests
{
    [Fact]
    public void ToList_NestsOneLevelForEachDimension()
    {
        using var scope = NewDisposeScope();
        var rows = (List<object>)arange(6, ScalarType.Int64).reshape(2, 3).t().tolist();
        Assert.Equal(3, rows.Count);
        Assert.Equal([[0L, 3L], [1L, 4L], [2L, 5L]], rows.Select(row => ((List<object>)row).Select(item => ((Scalar)item).ToInt64())));
    }

    [Fact]
    public void ToList_OfANumber_IsTheNumber()
    {
        using var number = tensor(2.5);
        Assert.Equal(2.5, ((Scalar)number.tolist()).ToDouble());
    }

    [Fact]
    public void ToList_OfNothing_IsEmpty()
    {
        using var nothing = zeros(0, 3);
        Assert.Empty((List<object>)nothing.tolist());
    }
}
