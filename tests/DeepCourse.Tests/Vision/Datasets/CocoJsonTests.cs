using DeepCourse.Data;
using DeepCourse.Tensors;
using DeepCourse.Tests.Data.Catalogue;
using DeepCourse.Vision.Datasets;
using DeepCourse.Vision.Detection;

namespace DeepCourse.Tests.Vision.Datasets;

public sealed class CocoJsonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_GivesBoxesByImage_AndClassesInOrderOfTheirNumbers()
    {
        var path = Write("""
            {"id": 1, "image_id": 17, "category_id": 90, "bbox": [155, 96, 196, 174], "iscrowd": 0, "segmentation": [[1, 2, 3, 4]]},
            {"id": 2, "image_id": 12, "category_id": 3, "bbox": [0, 0, 10.5, 20], "ignore": 0},
            {"id": 3, "image_id": 17, "category_id": 3, "bbox": [1, 2, 3, 4], "iscrowd": 1},
            {"id": 4, "image_id": 12, "category_id": 3, "bbox": [1, 2, 3, 4], "ignore": true}
            """);

        var images = CocoJson.Read(path, _folder.Path);

        Assert.Equal(["car", "toothbrush"], images.Classes);
        Assert.Equal([_folder.File("a.jpg"), _folder.File("b.jpg"), _folder.File("c.jpg")], images.AsList().Select(image => image.Path));
        Assert.Equal([new AnnotatedObject(0, new PixelBox(0, 0, 10.5f, 20))], images[0].Objects);
        Assert.Equal([new AnnotatedObject(1, new PixelBox(155, 96, 351, 270))], images[1].Objects);
        Assert.Empty(images[2].Objects);
        Assert.Equal(2, CocoJson.Read(path, _folder.Path, includeCrowds: true)[1].Objects.Count);
    }

    [Theory]
    [InlineData("""{"id": 5, "image_id": 99, "category_id": 3, "bbox": [0, 0, 1, 1]}""", "image 99")]
    [InlineData("""{"id": 5, "image_id": 12, "category_id": 4, "bbox": [0, 0, 1, 1]}""", "category 4")]
    [InlineData("""{"id": 5, "image_id": 12, "category_id": 3, "bbox": [0, 0, 0, 1]}""", "empty box")]
    [InlineData("""{"id": 5, "image_id": 12, "category_id": 3, "bbox": [700, 0, 9, 1]}""", "outside the picture of 640 x 480")]
    [InlineData("""{"id": 5, "image_id": 12, "category_id": 3, "bbox": [0, 0, 6400, 1]}""", "only 10 % lie inside the picture of 640 x 480")]
    [InlineData("""{"id": 5, "image_id": 12, "category_id": 3, "bbox": [1e99, 0, 9, 1]}""", "not a number")]
    [InlineData("""{"id": 5, "image_id": 12, "category_id": 3, "bbox": [0, 0, 9]}""", "four numbers")]
    [InlineData("""{"id": 5, "image_id": 12, "category_id": 3}""", "four numbers")]
    public void Read_OfAFaultyAnnotation_NamesIt_OrSkipsAndCounts(string annotation, string problem)
    {
        var path = Write(annotation);

        var error = Assert.Throws<DataFormatException>(() => CocoJson.Read(path, _folder.Path));
        Assert.Equal(path, error.Path);
        Assert.Contains("annotation 5", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);

        var images = CocoJson.Read(path, _folder.Path, faults: UnreadableItems.Skip);
        Assert.Equal(3, images.Count);
        Assert.Contains(problem, Assert.Single(images.Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfANumberGivenTwice_KeepsTheFirst_AndOfNoNumberCounts()
    {
        const string twice = """
            {"id": 7, "image_id": 12, "category_id": 3, "bbox": [0, 0, 10, 20]},
            {"id": 7, "image_id": 12, "category_id": 3, "bbox": [5, 5, 10, 20]}
            """;
        var error = Assert.Throws<DataFormatException>(() => CocoJson.Read(Write(twice), _folder.Path));
        Assert.Contains("annotation 7 is there twice", error.Message, StringComparison.Ordinal);
        var images = CocoJson.Read(Write(twice), _folder.Path, faults: UnreadableItems.Skip);
        Assert.Equal(new PixelBox(0, 0, 10, 20), Assert.Single(images[0].Objects).Box);
        Assert.Single(images.Skipped);

        var path = Write("""
            {"image_id": 12, "category_id": 3, "bbox": [0, 0, 10, 20]},
            {"image_id": 12, "category_id": 3, "bbox": [0, 0, -10, 20]}
            """);
        error = Assert.Throws<DataFormatException>(() => CocoJson.Read(path, _folder.Path));
        Assert.Contains("annotation number 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("expected left < right", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_KeepsTheAreaOfAnOutline_AndTellsCrowdsFromOtherIgnoredObjects()
    {
        var path = Write("""
            {"id": 1, "image_id": 12, "category_id": 3, "bbox": [0, 0, 10, 20], "area": 150.5},
            {"id": 2, "image_id": 12, "category_id": 3, "bbox": [0, 0, 10, 20], "area": 200, "iscrowd": 1},
            {"id": 3, "image_id": 12, "category_id": 3, "bbox": [0, 0, 10, 20], "ignore": 1}
            """);

        var box = new PixelBox(0, 0, 10, 20);
        Assert.Equal(
            [new(0, box, Area: 150.5f), new(0, box, IsDifficult: true, IsCrowd: true), new(0, box, IsDifficult: true)],
            CocoJson.Read(path, _folder.Path, includeCrowds: true)[0].Objects);
    }

    [Fact]
    public void Write_IsReadBack()
    {
        foreach (var picture in (string[])["a.jpg", "sub/b.png"]) _folder.Write(picture, "");
        AnnotatedImage[] images =
        [
            new(_folder.File("a.jpg"), new(640, 480),
            [
                new(1, new(0.25f, 10, 99.5f, 479.75f)),
                new(0, new(1, 2, 3, 4), IsDifficult: true),
                new(0, new(5, 6, 70, 80), IsDifficult: true, IsCrowd: true, Area: 1234.5f),
            ]),
            new(_folder.File("sub/b.png"), new(32, 16), []),
        ];
        var path = _folder.File("out/written.json");

        CocoJson.Write(path, new("set", ["ant", "bee \"queen\""], images), _folder.Path);

        var read = CocoJson.Read(path, _folder.Path, includeCrowds: true);
        Assert.Equal(["ant", "bee \"queen\""], read.Classes);
        Assert.Equal(images.Select(image => (image.Path, image.Size)), read.AsList().Select(image => (image.Path, image.Size)));
        Assert.Equal(images[0].Objects, read[0].Objects);
        Assert.Empty(read[1].Objects);
        Assert.Throws<ArgumentException>(() => CocoJson.Write(path, new("set", ["ant"], images), _folder.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"images\": []}")]
    [InlineData("{\"images\": [null], \"annotations\": [], \"categories\": []}")]
    [InlineData("{\"images\": [], \"annotations\": [], \"categories\": [{\"id\": 1, \"name\": \"a\"}, {\"id\": 1, \"name\": \"b\"}]}")]
    [InlineData("{\"images\": [], \"annotations\": [], \"categories\": [{\"id\": 1, \"name\": null}]}")]
    [InlineData("{\"images\": [{\"id\": 1}], \"annotations\": [], \"categories\": []}")]
    [InlineData("{\"images\": [], \"annotations\": [{\"image_id\": 1, \"category_id\": 1, \"bbox\": [NaN, 1, 2, 3]}], \"categories\": []}")]
    [InlineData("{\"images\": [{\"id\": 1, \"file_name\": \"a\", \"width\": 0, \"height\": 5}], \"annotations\": [], \"categories\": []}")]
    public void Read_OfAnotherFormat_IsAnErrorOfTheFile(string text)
    {
        var path = _folder.Write("other.json", text);

        Assert.Equal(path, Assert.Throws<DataFormatException>(() => CocoJson.Read(path, "")).Path);
    }

    [Fact]
    public void Read_OfAMissingPicture_IsAnError_OrSkipped()
    {
        var path = Write("");
        File.Delete(_folder.File("b.jpg"));

        Assert.Contains("b.jpg", Assert.Throws<DataFormatException>(() => CocoJson.Read(path, _folder.Path)).Message, StringComparison.Ordinal);
        var images = CocoJson.Read(path, _folder.Path, faults: UnreadableItems.Skip);
        Assert.Equal(["a.jpg", "c.jpg"], images.AsList().Select(image => Path.GetFileName(image.Path)));
        Assert.Equal(1, Assert.Single(images.Skipped).Index);
    }

    [Fact]
    public void LargestObjects_TakesTheLargestOfEachPicture_AndLeavesOutTheEmptyOnes()
    {
        var path = Write("""
            {"id": 1, "image_id": 12, "category_id": 3, "bbox": [0, 0, 64, 48]},
            {"id": 2, "image_id": 12, "category_id": 90, "bbox": [320, 240, 160, 120]},
            {"id": 3, "image_id": 17, "category_id": 3, "bbox": [0, 0, 640, 480]}
            """);

        var largest = CocoJson.Read(path, _folder.Path).LargestObjects();

        Assert.Equal(2, largest.Count);
        Assert.Equal((1, new UnitBox(0.5f, 0.5f, 0.75f, 0.75f)), (largest[0].Class, largest[0].Box));
        Assert.Equal(_folder.File("a.jpg"), largest[0].Picture.Name);
        Assert.Equal(0, largest[1].Class);
    }

    private string Write(string annotations)
    {
        foreach (var picture in (string[])["a.jpg", "b.jpg", "c.jpg"]) _folder.Write(picture, "");
        return _folder.Write("instances.json", Json(annotations));
    }

    private static string Json(string annotations) => $$"""
        {
          "info": {"year": 2017},
          "images": [
            {"id": 12, "file_name": "a.jpg", "width": 640, "height": 480},
            {"id": 17, "file_name": "b.jpg", "width": 640, "height": 480},
            {"id": 23, "file_name": "c.jpg", "width": 640, "height": 480}
          ],
          "annotations": [{{annotations}}],
          "categories": [{"id": 90, "name": "toothbrush"}, {"id": 3, "name": "car", "supercategory": "vehicle"}]
        }
        """;
}
