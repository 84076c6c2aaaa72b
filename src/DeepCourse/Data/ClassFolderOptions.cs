namespace DeepCourse.Data;

/// <summary>Which files of which folders belong to a set of class folders.</summary>
public sealed record ClassFolderOptions
{
    /// <summary>The folders inside the set's own that hold the folders of classes, such as <c>train</c> and
    /// <c>val</c>.</summary>
    /// <value>The default is the set's own folder.</value>
    public IReadOnlyList<string> Parts { get; init; } = [""];

    /// <summary>The endings of the files that count, in capitals or not.</summary>
    /// <value>The default are pictures: <c>.jpeg</c>, <c>.jpg</c>, <c>.png</c> and <c>.webp</c>.</value>
    public IReadOnlyList<string> Endings { get; init; } = [".jpeg", ".jpg", ".png", ".webp"];

    /// <summary>The classes in the order of their numbers; a folder of another name is an error.</summary>
    /// <value>The default takes the folders there are, in ordinal order.</value>
    public Vocabulary? Classes { get; init; }

    /// <summary>Whether a class may have no file at all.</summary>
    /// <value>The default is <see langword="false"/>: mostly that is a download that broke off.</value>
    public bool AllowEmpty { get; init; }

    /// <summary>Folders that are listed at the same time; the result is the same at any number.</summary>
    /// <value>The default is at least 8, because disks and networks answer several questions at once.</value>
    public int Threads { get; init; } = Math.Max(Environment.ProcessorCount, 8);

    internal ClassFolderOptions Checked()
    {
        if (Parts.Count == 0) throw new ArgumentException("A set of class folders has at least one part.");
        if (Endings.Count == 0) throw new ArgumentException("Name at least one ending of the files that count.");
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        return this;
    }
}
