using DeepCourse.Tensors;

namespace DeepCourse.Tests.Tensors;

public sealed class GuardTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Shape_ThatFits_Passes() =>
        Guard.Shape(zeros(8, 3, 4, 5), [Guard.Any, 3, Guard.Any, Guard.Any], "[batch, 3, height, width]");

    [Fact]
    public void Shape_WithChannelsLast_NamesThePermutation()
    {
        var images = zeros(32, 224, 225, 3);
        var error = Assert.Throws<ShapeException>(
            () => Guard.Shape(images, [Guard.Any, 3, Guard.Any, Guard.Any], "[batch, 3, height, width]"));
        Assert.StartsWith(
            "images: expected the shape [batch, 3, height, width], got [32, 224, 225, 3]; " +
            "permute(0, 3, 1, 2) would put the 3 in its place", error.Message, StringComparison.Ordinal);
        Assert.Equal("images", error.ParamName);
        Assert.Equal([32, 224, 225, 3], error.Actual);
    }

    [Fact]
    public void Shape_OfAnotherRank_HasNoHint()
    {
        var error = Assert.Throws<ShapeException>(() => Guard.Shape(zeros(2, 3), [Guard.Any], "[batch]"));
        Assert.DoesNotContain("permute", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rank_NamesWhatItExpected()
    {
        Guard.Rank(zeros(2, 3), 2);
        var error = Assert.Throws<ShapeException>(() => Guard.Rank(zeros(2, 3), 3));
        Assert.Contains("[*, *, *], got [2, 3]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dimension_CountsFromTheEndToo()
    {
        Guard.Dimension(zeros(2, 3), -1, 3);
        Assert.Throws<ShapeException>(() => Guard.Dimension(zeros(2, 3), 0, 3));
        Assert.Throws<ShapeException>(() => Guard.Dimension(zeros(2, 3), 2, 3));
    }

    [Fact]
    public void SameShape_NamesBoth()
    {
        var (output, targets) = (zeros(2, 3), zeros(3, 2));
        var error = Assert.Throws<ShapeException>(() => Guard.SameShape(output, targets));
        Assert.Contains("output: expected the shape [3, 2] of targets, got [2, 3]", error.Message,
            StringComparison.Ordinal);
    }
}
