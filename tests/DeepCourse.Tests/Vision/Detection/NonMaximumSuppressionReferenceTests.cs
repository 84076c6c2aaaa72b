using System.Text.Json;
using System.Text.Json.Serialization;
using DeepCourse.Vision.Detection;

namespace DeepCourse.Tests.Vision.Detection;

/// <summary>What torchvision keeps (make_nms.py), by every path.</summary>
public sealed class NonMaximumSuppressionReferenceTests
{
    [Fact]
    public void EveryPath_KeepsWhatTorchvisionKeeps() => Compare(ReferenceFiles.PathOf("nms.json"));

    [SkippableFact]
    public void TenThousandCases_KeepWhatTorchvisionKeeps()
    {
        var path = Environment.GetEnvironmentVariable("DEEPCOURSE_NMS_CASES");
        Skip.If(string.IsNullOrEmpty(path), "set DEEPCOURSE_NMS_CASES to a file made by make_nms.py 10000 FILE");
        Assert.True(Compare(path!) >= 10_000);
    }

    private static int Compare(string path)
    {
        using var stream = File.OpenRead(path);
        var cases = JsonSerializer.Deserialize<Document>(stream)!.Cases;
        foreach (var (number, each) in cases.Index())
        {
            using var scope = NewDisposeScope();
            var boxes = tensor(each.Boxes, [each.Scores.Length, 4]);
            var (scores, classes) = (tensor(each.Scores), tensor(each.Classes));
            Assert.Equal(each.Kept, NonMaximumSuppression.Of(each.Boxes, each.Scores, each.Overlap));
            Assert.Equal(each.Kept, Read(NonMaximumSuppression.Of(boxes, scores, each.Overlap)));
            Assert.Equal(each.KeptByClass, NonMaximumSuppression.ByClass(each.Boxes, each.Scores, each.Classes, each.Overlap));
            Assert.Equal(each.KeptByClass, Read(NonMaximumSuppression.ByClass(boxes, scores, classes, each.Overlap)));
            Assert.True(
                Marked(each.Kept, each).SequenceEqual(Mask(boxes, scores, null, each.Overlap)),
                $"case {number}: the tensor operators keep other boxes");
            Assert.True(
                Marked(each.KeptByClass, each).SequenceEqual(Mask(boxes, scores, classes, each.Overlap)),
                $"case {number}: the tensor operators keep other boxes by class");
        }
        return cases.Count;
    }

    private static bool[] Mask(Tensor boxes, Tensor scores, Tensor? classes, double overlap) =>
        NonMaximumSuppression.MaskOnDevice(boxes.unsqueeze(0), scores.unsqueeze(0), classes?.unsqueeze(0), overlap)
            .data<bool>().ToArray();

    private static bool[] Marked(int[] kept, Case of)
    {
        var marked = new bool[of.Scores.Length];
        foreach (var index in kept) marked[index] = true;
        return marked;
    }

    private static int[] Read(Tensor indices) => Array.ConvertAll(indices.data<long>().ToArray(), index => (int)index);

    private sealed record Document([property: JsonPropertyName("cases")] List<Case> Cases);

    private sealed record Case(
        [property: JsonPropertyName("boxes")] float[] Boxes,
        [property: JsonPropertyName("scores")] float[] Scores,
        [property: JsonPropertyName("classes")] long[] Classes,
        [property: JsonPropertyName("overlap")] double Overlap,
        [property: JsonPropertyName("kept")] int[] Kept,
        [property: JsonPropertyName("keptByClass")] int[] KeptByClass);
}
