using System.Text.Json;
using DeepCourse.Losses;
using DeepCourse.Tensors;
using DeepCourse.Vision.Detection;

namespace DeepCourse.Tests.Vision.Detection;

/// <summary>Values and gradients from torchvision (make_detection.py).</summary>
public sealed class DetectionLossReferenceTests
{
    public static TheoryData<string> Names => [.. Functions.Keys];

    private static Dictionary<string, Func<Tensor, Tensor, Tensor>> Functions { get; } = new()
    {
        ["focal"] = ScoreLoss.Focal().Each,
        ["focal, 0.6 and 1.5"] = new FocalLoss(Alpha: 0.6, Gamma: 1.5).Each,
        ["GIoU"] = (found, wanted) => OfCells(BoxLoss.GeneralizedIoU, found, wanted),
        ["DIoU"] = (found, wanted) => OfCells(BoxLoss.DistanceIoU, found, wanted),
        ["CIoU"] = (found, wanted) => OfCells(BoxLoss.CompleteIoU, found, wanted),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void ValuesAndGradient_AreThoseOfTorchvision(string name)
    {
        using var scope = NewDisposeScope();
        var entry = Document().EnumerateArray().First(entry => entry.GetProperty("name").GetString() == name);
        long[] shape = [.. entry.GetProperty("shape").EnumerateArray().Select(value => value.GetInt64())];
        var output = tensor(Numbers(entry, "output")).view(shape).requires_grad_();
        var values = Functions[name](output, tensor(Numbers(entry, "targets")).view(shape));
        values.sum().backward();
        Assert.Equal(Numbers(entry, "values"), values.ReadNumbers(), (a, b) => Math.Abs(a - b) < 2e-6);
        Assert.Equal(
            Numbers(entry, "gradient"), output.grad!.ReadNumbers(), (a, b) => Math.Abs(a - b) < 2e-5 * Math.Max(1, Math.Abs(a)));
    }

    [Fact]
    public void EveryEntry_IsTested() => Assert.Equal(
        Functions.Keys.Order(),
        Document().EnumerateArray().Select(entry => entry.GetProperty("name").GetString()).Order());

    // Cells as large as the picture: torchvision's boxes have no cells.
    private static Tensor OfCells(BoxLoss loss, Tensor found, Tensor wanted)
    {
        var anchors = new Anchors(wanted, ones(wanted.size(0), 2, ScalarType.Float64), [new(1, (int)wanted.size(0), 1)]);
        return loss.Each(found, found, wanted, anchors, new DistanceCoding());
    }

    private static JsonElement Document() =>
        JsonDocument.Parse(File.ReadAllText(ReferenceFiles.PathOf("detection.json"))).RootElement.GetProperty("losses");

    private static double[] Numbers(JsonElement entry, string key) =>
        [.. entry.GetProperty(key).EnumerateArray().Select(value => value.GetDouble())];
}
