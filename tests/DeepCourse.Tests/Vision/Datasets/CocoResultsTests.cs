using System.Text.Json;
using DeepCourse.Tensors;
using DeepCourse.Vision.Datasets;
using DeepCourse.Vision.Detection;

namespace DeepCourse.Tests.Vision.Datasets;

public sealed class CocoResultsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_IsTheFormatOfCoco_AndReadBack()
    {
        CocoResult[] results =
        [
            CocoResult.Of(42, new DetectedObject(79, 0.25f, new(1.5f, 2, 11.75f, 22)), CocoResults.Categories),
            CocoResult.Of(7, new DetectedObject(0, 0.875f, new(0, 0, 3, 4))),
        ];
        var path = _folder.File("found/results.json");

        CocoResults.Write(path, results);

        var first = JsonDocument.Parse(File.ReadAllText(path)).RootElement[0];
        Assert.Equal(42, first.GetProperty("image_id").GetInt64());
        Assert.Equal(90, first.GetProperty("category_id").GetInt64());
        Assert.Equal([1.5, 2, 10.25, 20], first.GetProperty("bbox").EnumerateArray().Select(edge => edge.GetDouble()));
        Assert.Equal(0.25, first.GetProperty("score").GetDouble());
        Assert.Equal(results, CocoResults.Read(path));
        CocoResults.Write(path, []);
        Assert.Empty(CocoResults.Read(path));
    }

    [Fact]
    public void Categories_AreEightyWithGaps()
    {
        Assert.Equal(80, CocoResults.Categories.Count);
        Assert.Equal((1, 13, 90), (CocoResults.Categories[0], CocoResults.Categories[11], CocoResults.Categories[79]));
    }

    [Theory]
    [InlineData("", "no JSON")]
    [InlineData("null", "no JSON")]
    [InlineData("{}", "no JSON")]
    [InlineData("[{\"image_id\": 1, \"category_id\": 2, \"score\": 0.5}]", "bbox")]
    [InlineData("[{\"image_id\": 1, \"category_id\": 2, \"bbox\": [1, 2, 3, 4], \"score\": 0.5},\n{\"image_id\": 1, \"category_id\": 2, \"bbox\": [1, 2, 3], \"score\": 0.5}]", "find number 2: expected a bbox")]
    [InlineData("[null]", "find number 1")]
    public void Read_OfAnotherFormat_NamesFileAndFind(string text, string problem)
    {
        var path = _folder.Write("results.json", text);

        var error = Assert.Throws<DataFormatException>(() => CocoResults.Read(path));

        Assert.Equal(path, error.Path);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }
}
