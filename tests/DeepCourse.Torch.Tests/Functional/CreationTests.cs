namespace DeepCourse.Torch.Tests.Functional;

public sealed class CreationTests
{
    [Fact]
    public void Ones_ThatRequireAGradient_DoSo()
    {
        using var plain = ones(2, 3);
        using var learning = ones(2, 3, requires_grad: true);

        Assert.False(plain.requires_grad);
        Assert.True(learning.requires_grad);
        Assert.True(learning.is_leaf);
    }

    [Fact]
    public void Zeros_WithNamedDimensions_SayThatTheseAreNotBound() =>
        Assert.Throws<NotSupportedException>(() => zeros([2, 3], names: ["rows", "columns"]));

    [Fact]
    public void Created_WithoutAType_HasTheDefaultType()
    {
        set_default_dtype(float64);
        try
        {
            using var drawn = rand(2);
            Assert.Equal(float64, drawn.dtype);
        }
        finally
        {
            set_default_dtype(float32);
        }
    }

    [Fact]
    public void BroadcastShapes_OfShapesThatDoNotFit_Throws()
    {
        Assert.Equal([4, 2, 3], broadcast_shapes([2, 3], [4, 1, 1]).Shape);
        Assert.Throws<ArgumentException>(() => broadcast_shapes([2, 3], [4, 2]));
    }

    [Fact]
    public void FInfo_OfSinglePrecision_HasItsLimits()
    {
        var limits = finfo(float32);

        Assert.Equal(float.MaxValue, limits.max);
        Assert.Equal(1.1920928955078125e-07, limits.eps);
        Assert.Equal(1.1754943508222875e-38, limits.tiny);
    }
}
