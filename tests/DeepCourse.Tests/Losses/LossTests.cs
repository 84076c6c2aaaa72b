using DeepCourse.Losses;
using DeepCourse.Tensors;

namespace DeepCourse.Tests.Losses;

public sealed class LossTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Focal_WithoutGamma_IsHalfOfCrossEntropyAtAlphaHalf()
    {
        var (output, targets) = (randn(4, 3), ones(4, 3));
        var focal = new FocalLoss(Alpha: 0.5, Gamma: 0).Each(output, targets).mean();
        Assert.Equal(Loss.BinaryCrossEntropy(output, targets).ReadNumber() / 2, focal.ReadNumber(), 1e-6);
    }

    [Fact]
    public void Focal_WithoutPositives_IsFinite() =>
        Assert.True(double.IsFinite(new FocalLoss().Of(randn(4, 3), zeros(4, 3)).ReadNumber()));

    [Fact]
    public void Dice_OfAPerfectMask_IsNothing()
    {
        var mask = tensor(new float[] { 0, 1, 1, 0 }).view(1, 4);
        Assert.Equal(0, new DiceLoss().Of((mask - 0.5) * 100, mask).ReadNumber(), 1e-5);
        Assert.Equal(0, new DiceLoss().Of(full(1, 4, -100), zeros(1, 4)).ReadNumber(), 1e-5);
    }

    [Fact]
    public void Sum_WeighsItsParts_AndRemembersEach()
    {
        var sum = Loss.Sum<Tensor, Tensor>(new("squared", Loss.MeanSquaredError), new("absolute", Loss.L1, Weight: 10));
        var (output, targets) = (full(2, 2, 3.0), full(2, 2, 1.0));
        Assert.Equal(4 + 10 * 2, sum.Of(output, targets).ReadNumber(), 1e-6);
        Assert.Equal([4, 2], sum.Last.Select(part => part.ReadNumber()));
        Assert.Equal(["squared", "absolute"], sum.Names);
    }

    [Fact]
    public void Sum_RefusesTwoPartsOfTheSameName() =>
        Assert.Throws<ArgumentException>(() => Loss.Sum<Tensor, Tensor>(new("a", Loss.L1), new("a", Loss.L1)));

    [Fact]
    public void ShapesThatWouldBroadcast_AreRefused()
    {
        // [4] against [4, 1] would silently become [4, 4].
        var error = Assert.Throws<ShapeException>(() => Loss.MeanSquaredError(randn(4, 1), randn(4)));
        Assert.Contains("output", error.Message, StringComparison.Ordinal);
        Assert.Contains("[4, 1]", error.Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => Loss.BinaryCrossEntropy(randn(4, 1), rand(4)));
        Assert.Throws<ShapeException>(() => Loss.SmoothL1(randn(4, 1), rand(4)));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    public void LabelSmoothing_OutsideItsRange_IsRefused(double smoothing) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Loss.CrossEntropy(smoothing));
}
