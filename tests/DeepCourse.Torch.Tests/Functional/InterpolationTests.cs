namespace DeepCourse.Torch.Tests.Functional;

public sealed class InterpolationTests
{
    [Fact]
    public void Interpolate_WithSizeAndScale_Throws()
    {
        using var picture = ones(1, 1, 4, 4);

        Assert.Throws<ArgumentException>(() => functional.interpolate(picture, [2, 2], [0.5, 0.5]));
        Assert.Throws<ArgumentException>(() => functional.interpolate(picture));
    }

    [Theory]
    [InlineData(InterpolationMode.Linear)]
    [InlineData(InterpolationMode.Trilinear)]
    public void Interpolate_WithAModeOfOtherDimensions_Throws(InterpolationMode mode)
    {
        using var picture = ones(1, 1, 4, 4);

        Assert.Throws<ArgumentException>(() => functional.interpolate(picture, [2, 2], mode: mode));
    }

    [Fact]
    public void Interpolate_ByOneFactor_ScalesEveryAxis()
    {
        using var picture = ones(1, 1, 4, 6);
        using var larger = functional.interpolate(picture, scale_factor: [1.5]);

        Assert.Equal([1, 1, 6, 9], larger.shape);
    }

    [Fact]
    public void Interpolate_NearestWithCorners_Throws()
    {
        using var picture = ones(1, 1, 4, 4);

        Assert.Throws<ArgumentException>(() => functional.interpolate(picture, [2, 2], align_corners: true));
    }
}
