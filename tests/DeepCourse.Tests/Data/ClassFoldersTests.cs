using DeepCourse.Data;
using DeepCourse.Tensors;

namespace DeepCourse.Tests.Data;

/// <summary>Folders of classes: which files count, in which order, and what is said when something is missing.</summary>
public sealed class ClassFoldersTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("classes").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void List_FilesOfAllClasses_InOrdinalOrder()
    {
        Make("zebra/b.jpg", "zebra/A.JPEG", "ant/2.png", "ant/10.png", "ant/deep/er/1.webp", "Bee/ä.jpg");

        var folders = ClassFolders.List(_root);

        Assert.Equal(["Bee", "ant", "zebra"], folders.Classes);
        Assert.Equal(
            ["Bee/ä.jpg", "ant/10.png", "ant/2.png", "ant/deep/er/1.webp", "zebra/A.JPEG", "zebra/b.jpg"],
            folders.Select(file => Path.GetRelativePath(_root, file.Path).Replace('\\', '/')));
        Assert.Equal(["Bee", "ant", "ant", "ant", "zebra", "zebra"], folders.Select(file => file.Class));
        Assert.Equal([0, 1, 1, 1, 2, 2], Enumerable.Range(0, 6).Select(folders.ClassOf));
        Assert.Equal(folders, Enumerable.Range(0, folders.Count).Select(index => folders[index]));
        Assert.All(folders, file => Assert.True(File.Exists(file.Path)));
        Assert.Equal([1, 3, 2], folders.CountByClass());
        Assert.Throws<ArgumentOutOfRangeException>(() => folders[6]);
        Assert.Throws<ArgumentOutOfRangeException>(() => folders[-1]);
    }

    [Fact]
    public void List_HiddenAndOtherFiles_DoNotCount()
    {
        Make("a/1.jpg", "a/notes.txt", "a/.1.jpg", "a/.hidden/2.jpg", ".cache/3.jpg", "readme.jpg", "a/jpg");

        var folders = ClassFolders.List(_root);

        Assert.Equal("1.jpg", Path.GetFileName(Assert.Single(folders).Path));
        Assert.Equal(3, folders.IgnoredCount);
        Assert.EndsWith("notes.txt", Assert.Single(ClassFolders.List(_root, new() { Endings = [".TXT"] })).Path, StringComparison.Ordinal);
    }

    [Fact]
    public void List_LinksToFilesAndFolders_CountAsWhatTheyPointTo()
    {
        Make("a/1.jpg");
        Directory.CreateSymbolicLink(Path.Combine(_root, "b"), Path.Combine(_root, "a"));
        File.CreateSymbolicLink(Path.Combine(_root, "a", "2.jpg"), Path.Combine(_root, "a", "1.jpg"));

        Assert.Equal(["a", "a", "b", "b"], ClassFolders.List(_root).Select(file => file.Class));
    }

    [Fact]
    public void List_Parts_ShareTheirClasses()
    {
        Make("train/a/1.jpg", "train/b/2.jpg", "train/c/3.jpg", "val/c/4.jpg", "val/b/5.jpg", "test/x/6.jpg");

        var folders = ClassFolders.List(_root, new() { Parts = ["train", "val"] });

        Assert.Equal(["a", "b", "c"], folders.Classes);
        Assert.Equal([0, 1, 2, 1, 2], Enumerable.Range(0, 5).Select(folders.ClassOf));
        var split = folders.ValidateOn("val").Of(folders.Count, index => folders[index].Path);
        Assert.Equal([0, 1, 2], split.Train);
        Assert.Equal([3, 4], split.Validation);
        Assert.Contains(
            "'test' is not one of the parts: train, val",
            Assert.Throws<ArgumentException>(() => folders.ValidateOn("test")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void List_GivenClasses_KeepTheirNumbersAndAllowNoOther()
    {
        Make("a/1.jpg", "b/2.jpg");

        var folders = ClassFolders.List(_root, new() { Classes = new(["b", "a", "z"]), AllowEmpty = true });

        Assert.Equal(["b", "a"], folders.Select(file => file.Class));
        Assert.Equal([0, 1], Enumerable.Range(0, 2).Select(folders.ClassOf));
        Assert.Contains(
            "b is not one of the classes",
            Assert.Throws<DataFormatException>(() => ClassFolders.List(_root, new() { Classes = new(["a"]) })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void List_EmptyClasses_AreNamedOrAllowed()
    {
        Make("b/1.jpg", "d/2.jpg", "c/x.txt");
        Directory.CreateDirectory(Path.Combine(_root, "a"));

        Assert.Contains(
            "a, c are classes without files (.jpeg, .jpg, .png, .webp)",
            Assert.Throws<DataFormatException>(() => ClassFolders.List(_root)).Message, StringComparison.Ordinal);
        var folders = ClassFolders.List(_root, new() { AllowEmpty = true });
        Assert.Equal([1, 3], Enumerable.Range(0, 2).Select(folders.ClassOf));
        Assert.Equal(["b", "d"], folders.Select(file => file.Class));
    }

    [Fact]
    public void List_NothingThere_SaysWhatWasExpected()
    {
        Assert.Contains(
            "has no folders of classes", Assert.Throws<DataFormatException>(() => ClassFolders.List(_root)).Message, StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => ClassFolders.List(Path.Combine(_root, "none")));
        Assert.Throws<DirectoryNotFoundException>(() => ClassFolders.List(_root, new() { Parts = ["train"] }));
    }

    [Fact]
    public void List_ManyFiles_TakesLittleMemory()
    {
        const int Classes = 40, Files = 50;
        for (var number = 0; number < Classes; number++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(_root, $"n{number:00000000}")).FullName;
            for (var file = 0; file < Files; file++) File.Create(Path.Combine(folder, $"n{number:00000000}_{file}.JPEG")).Dispose();
        }
        ClassFolders.List(_root);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var folders = ClassFolders.List(_root);
        var bytes = (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)(Classes * Files);

        Assert.Equal(Classes * Files, folders.Count);
        // 500 MB for a million; that much is even allocated on the way, far less is kept.
        Assert.True(bytes < 500, $"{bytes:0} bytes a file");
    }

    private void Make(params string[] files)
    {
        foreach (var file in files)
        {
            var path = Path.Combine(_root, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "");
        }
    }
}
