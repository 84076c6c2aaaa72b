using System.IO.Compression;
using System.Text;
using DeepCourse.Tensors;
using DeepCourse.Text.Corpora;

namespace DeepCourse.Tests.Text.Corpora;

/// <summary>Files to documents, in every format, plain and compressed.</summary>
public sealed class ReaderTests : IDisposable
{
    private static readonly DocumentOptions Replacing = new() { ReplaceUndecodable = true };
    private static readonly DocumentOptions Lenient = new() { RequireLabels = false };

    private readonly string _folder = Directory.CreateTempSubdirectory("readers").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Lines_OfAFile_AreDocuments(bool packed)
    {
        var path = Write("a.txt", "first\r\nzwei é\n\n😀 last", packed);

        var documents = Read(new PlainTextDocuments(path));

        Assert.Equal(["first", "zwei é", "", "😀 last"], documents.Select(document => document.Text));
        Assert.Equal($"{path}:4", documents[3].Name);
        Assert.Equal([false, false, true, false], documents.Select(document => document.IsEmpty));
    }

    [Fact]
    public void Paragraphs_OfAFile_AreSeparatedByBlankLines()
    {
        var path = Write("a.txt", "\n\none\ntwo\n  \n\nthree\n");

        Assert.Equal(
            [new($"{path}:3", "one\ntwo"), new($"{path}:7", "three")], Read(new PlainTextDocuments(path, TextLayout.Paragraphs)));
    }

    [Fact]
    public void WholeFile_IsOneDocument() =>
        Assert.Equal("a\n\nb\n", Assert.Single(Read(new PlainTextDocuments(Write("a.txt", "a\n\nb\n"), TextLayout.WholeFile))).Text);

    [Fact]
    public void ByteOrderMark_IsLeftOut()
    {
        var path = Path.Combine(_folder, "mark.txt");
        File.WriteAllText(path, "text", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Assert.Equal("text", Assert.Single(Read(new PlainTextDocuments(path))).Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void UndecodableBytes_NameFileAndOffset(bool packed)
    {
        var text = new string('é', 50_000) + "\n";
        byte[] bytes = [.. Encoding.UTF8.GetBytes(text), (byte)'a', 0xE9, (byte)' ', (byte)'b'];
        var path = Write("latin1.txt", bytes, packed);

        var exception = Assert.Throws<DataFormatException>(() => Read(new PlainTextDocuments(path)));

        Assert.Equal((path, 100_002L), (exception.Path, exception.Byte));
        Assert.Contains("E9 20 62", exception.Message);
        Assert.Equal("a\uFFFD b", Read(new PlainTextDocuments(path, options: Replacing))[1].Text);
    }

    [Fact]
    public void UndecodableBytes_CutOffAtTheEnd_AreFound()
    {
        var path = Write("cut.txt", [(byte)'a', 0xE2, 0x82]);

        Assert.Equal(1, Assert.Throws<DataFormatException>(() => Read(new PlainTextDocuments(path))).Byte);
    }

    [Fact]
    public void Utf16_IsRecognised() => Assert.Contains("UTF-16", Assert.Throws<DataFormatException>(
        () => Read(new PlainTextDocuments(Write("wide.txt", [0xFF, 0xFE, (byte)'a', 0])))).Message);

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(2000)]
    public void TruncatedGzip_IsAnError(int missing)
    {
        var path = Write("a.txt", string.Join('\n', Enumerable.Range(0, 10_000)), packed: true);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^missing]);

        var exception = Assert.Throws<DataFormatException>(() => Read(new PlainTextDocuments(path)));

        Assert.Equal(path, exception.Path);
        Assert.Contains("gzip", exception.Message);
    }

    [Fact]
    public void Gzip_OfSeveralMembers_IsReadToTheEnd()
    {
        var path = Write("a.txt", "one\ntwo\n", packed: true);
        File.WriteAllBytes(path, [.. File.ReadAllBytes(path), .. File.ReadAllBytes(Write("b.txt", "three", packed: true))]);

        Assert.Equal(["one", "two", "three"], Read(new PlainTextDocuments(path)).Select(document => document.Text));
    }

    [Fact]
    public void TenMegabytesOnOneLine_AreOneDocument()
    {
        var text = new string('x', 10_000_000);

        foreach (var (name, line) in new[] { ("a.txt", text), ("b.csv", $"text,label\n{text},1\n"), ("c.jsonl", $"{{\"text\":\"{text}\"}}") })
        {
            var path = Write(name, line);
            var document = Assert.Single(Read(Path.GetExtension(name) switch
            {
                ".txt" => new PlainTextDocuments(path),
                ".csv" => new TableDocuments(path, "text"),
                _ => new JsonLineDocuments(path),
            }));
            Assert.Equal(text.Length, document.Text.Length);
        }
    }

    [Fact]
    public void Folder_OfFiles_IsReadInOrdinalOrderWithLabels()
    {
        Write("train/pos/2.txt", "good");
        Write("train/pos/10.txt", "fine");
        Write("train/neg/1.txt", "bad", packed: true, rename: "train/neg/1.txt.gz");
        Write("train/neg.txt", "not in a folder of its own");
        Write("train/notes.md", "no text");

        var corpus = new FolderDocuments(Path.Combine(_folder, "train"), Lenient) { Labeled = true };

        Assert.Equal(
            [new("neg.txt", "not in a folder of its own"), new("neg/1.txt.gz", "bad", "neg"), new("pos/10.txt", "fine", "pos"), new("pos/2.txt", "good", "pos")],
            Read(corpus));
        Assert.Equal(["fine", "good"], Read(new FolderDocuments(Path.Combine(_folder, "train")) { Folders = ["pos"] }).Select(document => document.Text));
    }

    [Fact]
    public void Folder_FileWithoutALabel_IsAnErrorThatNamesIt()
    {
        var path = Write("train/a.txt", "text");

        var exception = Assert.Throws<DataFormatException>(() => Read(new FolderDocuments(Path.Combine(_folder, "train")) { Labeled = true }));

        Assert.Equal(path, exception.Path);
        Assert.Throws<DirectoryNotFoundException>(() => Read(new FolderDocuments(Path.Combine(_folder, "nowhere"))));
    }

    [Fact]
    public void Table_ByNameAndByNumber_GivesTheSame()
    {
        var path = Write("a.csv", "label,text\n1,\"two, with\nlines\"\n\n0,\"a \"\"quote\"\"\"\n");
        Document[] expected = [new($"{path}:2", "two, with\nlines", "1"), new($"{path}:5", "a \"quote\"", "0")];

        Assert.Equal(expected, Read(new TableDocuments(path, "text", "label")));
        Assert.Equal(expected, Read(new TableDocuments(path, 1, 0)));
    }

    [Fact]
    public void Table_WithTabulatorsAndWithoutNames_IsRead()
    {
        var path = Write("a.tsv", "pos\tHe said \"no\"\nneg\tan \"open one\n", packed: true, rename: "a.tsv.gz");

        var documents = Read(new TableDocuments(path, 1, 0) { HasNames = false, Quoted = false });

        Assert.Equal([new($"{path}:1", "He said \"no\"", "pos"), new($"{path}:2", "an \"open one", "neg")], documents);
    }

    [Fact]
    public void Table_SeveralColumnsOfText_AreMarkedAsFields() => Assert.Equal(
        "xxfld 1 Title xxfld 2 Body",
        Assert.Single(Read(new TableDocuments(Write("a.csv", "title,body\nTitle,Body\n"), ["title", "body"]))).Text);

    [Theory]
    [InlineData("text,label\na,1\n\n\"b\nb\",\n", 4, "no label in column 'label'")]
    [InlineData("words,label\na,1\n", 1, "no column 'text'")]
    [InlineData("label,x,text\n1,2,3\n1\n", 3, "has 1 columns")]
    [InlineData("label,text\n1,a \"b\n", 2, "quotation mark")]
    public void Table_Broken_NamesTheLine(string text, int line, string message)
    {
        var path = Write("a.csv", text);

        var exception = Assert.Throws<DataFormatException>(() => Read(new TableDocuments(path, "text", "label")));

        Assert.Equal((path, line), (exception.Path, exception.Line));
        Assert.Contains(message, exception.Message);
    }

    [Fact]
    public void JsonLines_WithLabels_AreDocuments()
    {
        var path = Write("a.jsonl", "{\"text\":\"a\\nb\",\"label\":1}\n\n{\"label\":\"x\",\"text\":\"\\ud83d\\ude00\"}\n");

        Assert.Equal([new($"{path}:1", "a\nb", "1"), new($"{path}:3", "😀", "x")], Read(new JsonLineDocuments(path, label: "label")));
    }

    [Theory]
    [InlineData("{\"text\":\"a\",\"label\":1}\n{\"text\":\"b\"}", 2, "no label 'label'")]
    [InlineData("{\"text\":\"a\",\"label\":[1]}", 1, "an array")]
    [InlineData("{\"words\":\"a\",\"label\":1}", 1, "has no 'text'; it has 'words', 'label'")]
    [InlineData("{\"text\":3,\"label\":1}", 1, "a number")]
    [InlineData("[1]", 1, "found an array")]
    [InlineData("{\"text\":", 1, "no JSON")]
    public void JsonLines_Broken_NameTheLine(string text, int line, string message)
    {
        var path = Write("a.jsonl", text);

        var exception = Assert.Throws<DataFormatException>(() => Read(new JsonLineDocuments(path, label: "label")));

        Assert.Equal((path, line), (exception.Path, exception.Line));
        Assert.Contains(message, exception.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reading_TellsEveryByte(bool packed)
    {
        var path = Write("a.txt", string.Concat(Enumerable.Range(0, 50_000).Select(number => $"line {number}\n")), packed);
        var corpus = Documents.Together(new PlainTextDocuments(path), new PlainTextDocuments(path));

        for (var again = 0; again < 2; again++)
        {
            var told = 0L;
            Assert.Equal(100_000, corpus.Read(more => told += more).Count());
            Assert.Equal((corpus.TotalBytes, 2 * new FileInfo(path).Length), (told, told));
        }
    }

    [Fact]
    public void Select_LeavesOutAndChanges() => Assert.Equal(
        ["B", "C"],
        Read(Documents.Of(["a", "b", "c"]).Select(document => document.Text == "a" ? null : document with { Text = document.Text.ToUpperInvariant() }))
            .Select(document => document.Text));

    private static List<Document> Read(IDocuments documents) => [.. documents.Read()];

    private string Write(string name, string text, bool packed = false, string? rename = null) =>
        Write(rename ?? name, Encoding.UTF8.GetBytes(text), packed);

    private string Write(string name, byte[] bytes, bool packed = false)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = File.Create(path);
        using var stream = packed ? new GZipStream(file, CompressionLevel.Fastest) : (Stream)file;
        stream.Write(bytes);
        return path;
    }
}
