using DeepCourse.Tensors;
using DeepCourse.Tests.Vision.Imaging;
using DeepCourse.Vision.Detection;

namespace DeepCourse.Tests.Vision.Detection;

public sealed class BoxMathTests
{
    private static readonly ImagingReference.BoxValues Reference = ImagingReference.All.Boxes;

    [Fact]
    public void EveryOverlap_EqualsTorchvision()
    {
        using var scope = torch.NewDisposeScope();
        var (first, second) = (Of(Reference.First), Of(Reference.Second));
        AssertNear(Of(Reference.Pairwise), BoxMath.PairwiseIoU(first, second));
        AssertNear(Of(Reference.Pairwise).diagonal(), BoxMath.PairedIoU(first, second));
        AssertNear(torch.tensor(Reference.Generalized), BoxMath.GeneralizedIoU(first, second));
        AssertNear(torch.tensor(Reference.Distance), BoxMath.DistanceIoU(first, second));
        AssertNear(torch.tensor(Reference.Complete), BoxMath.CompleteIoU(first, second));
        AssertNear(Of(Reference.CenterSize), BoxMath.ToCenterSize(first));
        AssertNear(first, BoxMath.ToCorners(BoxMath.ToCenterSize(first)));
    }

    [Fact]
    public void PairwiseIoU_BatchesAndEmptyLists_Work()
    {
        using var scope = torch.NewDisposeScope();
        var (first, second) = (Of(Reference.First), Of(Reference.Second));
        var batched = BoxMath.PairwiseIoU(torch.stack([first, second]), torch.stack([second, first]));
        Assert.Equal([2, 12, 12], batched.shape);
        AssertNear(batched[0].t(), batched[1]);
        Assert.Equal([0, 12], BoxMath.PairwiseIoU(first.narrow(0, 0, 0), second).shape);
    }

    [Fact]
    public void DegenerateBoxes_StayFinite()
    {
        using var scope = torch.NewDisposeScope();
        var point = torch.tensor(new float[] { 3, 3, 3, 3 }, [1, 4]).requires_grad_();
        var inside = torch.tensor(new float[] { 5, 5, 2, 2 }, [1, 4]);
        Func<Tensor, Tensor, Tensor>[] overlaps =
            [BoxMath.PairedIoU, BoxMath.GeneralizedIoU, BoxMath.DistanceIoU, BoxMath.CompleteIoU];
        foreach (var overlap in overlaps)
        {
            var value = overlap(point, inside);
            Assert.True(value.isfinite().all().item<bool>());
            value.sum().backward();
            Assert.True(point.grad!.isfinite().all().item<bool>());
        }
        Assert.Equal(0, BoxMath.Area(inside).item<float>());
    }

    [Fact]
    public void Gradients_EqualDifferences()
    {
        using var scope = torch.NewDisposeScope();
        var (first, second) = (Of(Reference.First), Of(Reference.Second).to(ScalarType.Float64));
        GradientCheck.Of(boxes => BoxMath.PairedIoU(boxes, second), first);
        GradientCheck.Of(boxes => BoxMath.PairwiseIoU(boxes, second), first);
        GradientCheck.Of(boxes => BoxMath.PairwiseIoU(second, boxes), first);
        GradientCheck.Of(boxes => BoxMath.GeneralizedIoU(boxes, second), first);
        GradientCheck.Of(boxes => BoxMath.DistanceIoU(boxes, second), first);
        GradientCheck.Of(boxes => BoxMath.ToCorners(BoxMath.ToCenterSize(boxes)), first);
    }

    [Fact]
    public void GeneralizedIoU_BoxesApart_PullsThemTogether()
    {
        using var scope = torch.NewDisposeScope();
        var near = torch.tensor(new float[] { 0, 0, 1, 1 }, [1, 4]).requires_grad_();
        var target = torch.tensor(new float[] { 3, 0, 4, 1 }, [1, 4]);
        BoxMath.GeneralizedIoU(near, target).sum().backward();
        Assert.True(near.grad![0, 2].item<float>() > 0);
        Assert.Equal(0f, BoxMath.PairedIoU(near, target).item<float>());
    }

    [Fact]
    public void Metrics_AreMeansOverItems()
    {
        using var scope = torch.NewDisposeScope();
        var (first, second) = (Of(Reference.First), Of(Reference.Second));
        using var mean = new MeanIoU();
        using var found = new LocalizationAccuracy(threshold: 0.1);
        foreach (var part in (Range[])[0..5, 5..12])
        {
            mean.Update(first[part.Start.Value..part.End.Value], second[part.Start.Value..part.End.Value]);
            found.Update(first[part.Start.Value..part.End.Value], second[part.Start.Value..part.End.Value]);
        }
        var overlaps = Reference.Pairwise.Select((row, index) => row[index]).ToArray();
        Assert.Equal(overlaps.Average(), mean.Value, 1e-6);
        Assert.Equal(overlaps.Count(overlap => overlap >= 0.1) / 12.0, found.Value, 1e-6);
    }

    [Fact]
    public void WrongShape_IsRefused()
    {
        using var scope = torch.NewDisposeScope();
        var error = Assert.Throws<ShapeException>(() => BoxMath.Area(torch.zeros(3, 5)));
        Assert.Contains("[3, 5]", error.Message, StringComparison.Ordinal);
    }

    private static Tensor Of(float[][] rows) =>
        torch.tensor([.. rows.SelectMany(row => row)], [rows.Length, rows[0].Length]);

    private static void AssertNear(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        var difference = (expected - actual).abs().max().item<float>();
        Assert.True(difference < 2e-6f, $"differs by {difference}");
    }
}
