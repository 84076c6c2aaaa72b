using DeepCourse.Data;
using DeepCourse.Tensors;
using DeepCourse.Tests.Data.Catalogue;
using DeepCourse.Vision.Datasets;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision.Datasets;

public sealed class PascalVocTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("VOC2007/")]
    [InlineData("VOCdevkit/VOC2012/")]
    [InlineData("Bicycles/")]
    public void Read_FindsTheYearAndGivesBoxesFromTheirOuterEdges(string place)
    {
        Add(place, "000012", Annotation(500, 333, Thing("car", 156, 97, 351, 270), Thing("dog", 1, 1, 500, 20, difficult: 1)));
        Add(place, "000017", Annotation(480, 364, Thing("horse", 90, 78, 403, 336)));

        var images = PascalVoc.Read(_folder.Path, "train");

        Assert.Equal(2, images.Count);
        Assert.Equal(20, images.Classes.Count);
        Assert.Equal(new PixelSize(500, 333), images[0].Size);
        var car = Assert.Single(images[0].Objects);
        Assert.Equal(new AnnotatedObject(6, new PixelBox(155, 96, 351, 270)), car);
        Assert.EndsWith(Path.Combine("JPEGImages", "000012.jpg"), images[0].Path, StringComparison.Ordinal);
        Assert.Empty(images.Skipped);
    }

    [Fact]
    public void Read_OfSeveralSets_AsksWhich()
    {
        Add("Bicycles/", "a", Annotation(100, 100, Thing("car", 1, 1, 50, 50)));
        Add("Cars/", "a", Annotation(100, 100, Thing("car", 1, 1, 50, 50)));

        var error = Assert.Throws<DirectoryNotFoundException>(() => PascalVoc.Read(_folder.Path, "train"));
        Assert.Contains("more than one", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WithDifficultOnes_MarksThem()
    {
        Add("", "a", Annotation(100, 100, Thing("car", 1, 1, 50, 50), Thing("dog", 10, 10, 100, 100, difficult: 1)));

        var objects = PascalVoc.Read(_folder.Path, "train", new() { IncludeDifficult = true })[0].Objects;

        Assert.Equal([false, true], objects.Select(item => item.IsDifficult));
    }

    [Theory]
    [InlineData("<xmin>504</xmin><ymin>337</ymin><xmax>504</xmax><ymax>337</ymax>", "empty", "504")]
    [InlineData("<xmin>50</xmin><ymin>20</ymin><xmax>40</xmax><ymax>30</ymax>", "empty", "40")]
    [InlineData("<xmin>650</xmin><ymin>20</ymin><xmax>700</xmax><ymax>30</ymax>", "outside the picture of 640 x 480", "700")]
    [InlineData("<xmin>601</xmin><ymin>20</ymin><xmax>700</xmax><ymax>30</ymax>", "only 40 % lie inside the picture of 640 x 480", "700")]
    [InlineData("<xmin>1</xmin><ymin>20</ymin><xmax>1e99</xmax><ymax>30</ymax>", "not a number", "Infinity")]
    [InlineData("<xmin>NaN</xmin><ymin>20</ymin><xmax>70</xmax><ymax>30</ymax>", "not a number", "NaN")]
    [InlineData("<xmin>12</xmin><ymin>20</ymin><xmax>wide</xmax><ymax>30</ymax>", "xmax", "wide")]
    [InlineData("<xmin>12</xmin><ymin>20</ymin><ymax>30</ymax>", "xmax", "''")]
    public void Read_OfAFaultyBox_NamesFileLineAndValue_OrSkipsAndCounts(string edges, string problem, string value)
    {
        var faulty = Thing("car", 1, 2, 3, 4).Replace("<xmin>1</xmin><ymin>2</ymin><xmax>3</xmax><ymax>4</ymax>", edges, StringComparison.Ordinal);
        Add("", "good", Annotation(640, 480, Thing("cat", 10, 10, 20, 20), faulty));
        Add("", "bad", Annotation(640, 480, faulty));

        var error = Assert.Throws<DataFormatException>(() => PascalVoc.Read(_folder.Path, "train"));
        Assert.EndsWith("good.xml", error.Path, StringComparison.Ordinal);
        Assert.Equal(5, error.Line);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains(value, error.Message, StringComparison.Ordinal);
        Assert.Contains("UnreadableItems.Skip", error.Message, StringComparison.Ordinal);

        var images = PascalVoc.Read(_folder.Path, "train", new() { Faults = UnreadableItems.Skip });
        Assert.Equal(7, Assert.Single(Assert.Single(Enumerate(images)).Objects).Class);
        Assert.Equal([0, 1], images.Skipped.Select(item => item.Index));
        Assert.All(images.Skipped, item => Assert.Contains(problem, item.Reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, 0, 101, 81)]
    [InlineData(-19, -3, 120, 90)]
    public void Read_OfBoxesThatStickOutALittle_CutsThem(int left, int top, int right, int bottom)
    {
        Add("", "a", Annotation(100, 80, Thing("cat", left, top, right, bottom)));

        Assert.Equal(new PixelBox(0, 0, 100, 80), PascalVoc.Read(_folder.Path, "train")[0].Objects[0].Box);
    }

    [Fact]
    public void Read_OfFractionsAndPartsOfPeople_AsIn2012()
    {
        var person = Thing("person", 10, 10, 50, 70)
            .Replace("<xmin>10<", "<xmin>10.5<", StringComparison.Ordinal)
            .Replace("<difficult>0</difficult>", "<truncated>1</truncated>", StringComparison.Ordinal)
            .Replace("</object>", $"<part>{Thing("head", 20, 20, 30, 30)[8..^9]}</part></object>", StringComparison.Ordinal);
        Add("", "a", Annotation(100, 80, person));

        Assert.Equal([new AnnotatedObject(14, new PixelBox(9.5f, 9, 50, 70), IsTruncated: true)], PascalVoc.Read(_folder.Path, "train")[0].Objects);
    }

    [Fact]
    public void Read_WithoutASplit_TakesEveryAnnotation_WithClassesOfOnesOwn()
    {
        Add("", "b", Annotation(100, 80, Thing("wheel", 1, 1, 9, 9), Thing("axle", 1, 1, 9, 9)));
        Add("", "a", Annotation(100, 80, Thing("axle", 1, 1, 9, 9)));
        File.Delete(Path.Combine(_folder.Path, "ImageSets/Main/train.txt"));
        File.Move(Path.Combine(_folder.Path, "JPEGImages/a.jpg"), Path.Combine(_folder.Path, "JPEGImages/a.png"));

        var images = PascalVoc.Read(_folder.Path, options: new() { Classes = PascalVoc.FindClasses(_folder.Path) });

        Assert.Equal(["axle", "wheel"], images.Classes);
        Assert.Equal(["a.png", "b.jpg"], Enumerate(images).Select(image => Path.GetFileName(image.Path)));
        Assert.Equal([1, 0], images[1].Objects.Select(item => item.Class));
    }

    [Fact]
    public void Read_WithoutObjects_KeepsThePictureWhenAsked()
    {
        Add("", "a", Annotation(100, 80));

        Assert.Empty(PascalVoc.Read(_folder.Path, "train", new() { IncludeEmpty = true })[0].Objects);
    }

    [Fact]
    public void Read_WithoutSize_AsksThePicture()
    {
        Add("", "a", Annotation(0, 0, Thing("cat", 1, 1, 9, 9)));
        var broken = Assert.Throws<DataFormatException>(() => PascalVoc.Read(_folder.Path, "train"));
        Assert.Contains("a.jpg", broken.Message, StringComparison.Ordinal);

        new Image(12, 10, 3).Save(Path.Combine(_folder.Path, "JPEGImages/a.jpg"));
        Assert.Equal(new PixelSize(12, 10), PascalVoc.Read(_folder.Path, "train")[0].Size);
    }

    [Fact]
    public void Read_OfAMissingPicture_IsAnError_OrSkipped()
    {
        Add("", "good", Annotation(100, 80, Thing("cat", 1, 1, 9, 9)));
        Add("", "lost", Annotation(100, 80, Thing("cat", 1, 1, 9, 9)));
        File.Delete(Path.Combine(_folder.Path, "JPEGImages/lost.jpg"));

        var error = Assert.Throws<DataFormatException>(() => PascalVoc.Read(_folder.Path, "train"));
        Assert.Contains("lost.jpg", error.Message, StringComparison.Ordinal);

        var images = PascalVoc.Read(_folder.Path, "train", new() { Faults = UnreadableItems.Skip });
        Assert.Equal(1, images.Count);
        Assert.Equal(1, Assert.Single(images.Skipped).Index);
    }

    [Theory]
    [InlineData("<annotation><size><width>9</width><height>9</height></size></annotation>", "no object")]
    [InlineData("", "no XML")]
    [InlineData("<annotation><object>", "no XML")]
    [InlineData("<html><object/></html>", "expected the root element 'annotation', found 'html'")]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><annotation>&b;</annotation>", "DTD is prohibited")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"aaaa\"><!ENTITY c \"&b;&b;&b;\">]><annotation>&c;</annotation>", "DTD is prohibited")]
    [InlineData("<!DOCTYPE a SYSTEM \"http://localhost/a.dtd\"><annotation/>", "DTD is prohibited")]
    public void Read_OfAFileWithoutObjects_IsAnError_OrSkipped(string text, string problem)
    {
        Add("", "a", text);

        var error = Assert.Throws<DataFormatException>(() => PascalVoc.Read(_folder.Path, "train"));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        var images = PascalVoc.Read(_folder.Path, "train", new() { Faults = UnreadableItems.Skip });
        Assert.Equal(0, images.Count);
        Assert.Single(images.Skipped);
    }

    [Fact]
    public void Read_OfAPictureThatTheSplitNamesTwice_IsAnError_OrSkipped()
    {
        Add("", "a", Annotation(10, 10, Thing("cat", 1, 1, 9, 9)));
        Add("", "a", Annotation(10, 10, Thing("cat", 1, 1, 9, 9)));

        var error = Assert.Throws<DataFormatException>(() => PascalVoc.Read(_folder.Path, "train"));
        Assert.Contains("names it twice", error.Message, StringComparison.Ordinal);
        var images = PascalVoc.Read(_folder.Path, "train", new() { Faults = UnreadableItems.Skip });
        Assert.Equal(1, images.Count);
        Assert.Equal(1, Assert.Single(images.Skipped).Index);
    }

    [Fact]
    public void Write_IsReadBack()
    {
        string[] classes = ["ant", "bee & <wasp>"];
        AnnotatedImage[] images =
        [
            new(_folder.Write("from/x.jpg", "x"), new(100, 80),
                [new(1, new(0, 0.25f, 50.5f, 80)), new(0, new(3, 4, 5, 7), IsDifficult: true, IsTruncated: true)]),
            new(_folder.Write("from/y.png", "y"), new(9, 9), []),
        ];
        var target = _folder.File("to");

        PascalVoc.Write(target, new("set", classes, images), "train");
        PascalVoc.Write(target, new("set", classes, images[..1]), "val");

        var read = PascalVoc.Read(target, "train", new() { Classes = classes, IncludeDifficult = true, IncludeEmpty = true });
        Assert.Equal(["x.jpg", "y.png"], read.AsList().Select(image => Path.GetFileName(image.Path)));
        Assert.Equal(images.Select(image => image.Size), read.AsList().Select(image => image.Size));
        Assert.Equal(images[0].Objects, read[0].Objects);
        Assert.Empty(read[1].Objects);
        Assert.Equal("x", File.ReadAllText(read[0].Path));
        Assert.Equal(1, PascalVoc.Read(target, "val", new() { Classes = classes }).Count);
    }

    [Fact]
    public void Write_OfWhatVocCantSay_IsRefused()
    {
        AnnotatedImage Image(string path, params AnnotatedObject[] objects) => new(_folder.Write(path, ""), new(10, 10), objects);
        void Refused(string part, params AnnotatedImage[] images) => Assert.Contains(
            part,
            Assert.Throws<ArgumentException>(() => PascalVoc.Write(_folder.File("to"), new("set", ["ant"], images), "train")).Message,
            StringComparison.Ordinal);

        Refused("two pictures have the name 'x'", Image("a/x.jpg"), Image("b/x.png"));
        Refused("classes in 0..0, got 1", Image("a/x.jpg", new AnnotatedObject(1, new(0, 0, 5, 5))));
        Refused("wider and higher than a pixel", Image("a/x.jpg", new AnnotatedObject(0, new(0, 0, 1, 5))));
    }

    [Fact]
    public void Read_OfAnUnknownClass_ListsTheKnownOnes()
    {
        Add("", "a", Annotation(10, 10, Thing("unicorn", 1, 1, 9, 9)));

        var error = Assert.Throws<DataFormatException>(() => PascalVoc.Read(_folder.Path, "train"));

        Assert.Contains("unicorn", error.Message, StringComparison.Ordinal);
        Assert.Contains("tvmonitor", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfWhatIsNotThere_SaysWhatIsMissing()
    {
        Assert.Contains("VOCdevkit", Assert.Throws<DirectoryNotFoundException>(() => PascalVoc.Read(_folder.Path, "train")).Message, StringComparison.Ordinal);
        Add("", "a", Annotation(10, 10, Thing("cat", 1, 1, 9, 9)));
        Assert.Contains("val", Assert.Throws<FileNotFoundException>(() => PascalVoc.Read(_folder.Path, "val")).Message, StringComparison.Ordinal);
        _folder.Write("ImageSets/Main/train.txt", "a\nlost -1\n");
        Assert.EndsWith("lost.xml", Assert.Throws<DataFormatException>(() => PascalVoc.Read(_folder.Path, "train")).Path, StringComparison.Ordinal);
    }

    private static IEnumerable<AnnotatedImage> Enumerate(AnnotatedImages images) => images.AsList();

    private static string Annotation(int width, int height, params string[] things) =>
        $"<annotation>\n<size><width>{width}</width><height>{height}</height><depth>3</depth></size>\n<segmented>0</segmented>\n{string.Join("\n", things)}\n</annotation>";

    private static string Thing(string name, int left, int top, int right, int bottom, int difficult = 0) =>
        $"<object><name>{name}</name><difficult>{difficult}</difficult><bndbox><xmin>{left}</xmin><ymin>{top}</ymin><xmax>{right}</xmax><ymax>{bottom}</ymax></bndbox></object>";

    private void Add(string place, string id, string text)
    {
        _folder.Write($"{place}Annotations/{id}.xml", text);
        _folder.Write($"{place}JPEGImages/{id}.jpg", "");
        var list = Path.Combine(_folder.Path, $"{place}ImageSets/Main/train.txt");
        _folder.Write($"{place}ImageSets/Main/train.txt", (File.Exists(list) ? File.ReadAllText(list) : "") + id + "\n");
    }
}
