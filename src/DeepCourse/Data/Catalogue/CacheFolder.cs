namespace DeepCourse.Data.Catalogue;

/// <summary>A folder of the cache that is either complete or not there, however many processes want it.</summary>
internal sealed class CacheFolder
{
    private const string CompleteMarker = ".complete";

    private CacheFolder(string path) => Path = path;

    public string Path { get; }

    public bool IsComplete => File.Exists(System.IO.Path.Combine(Path, CompleteMarker));

    public static CacheFolder At(string cache, string name) => new(System.IO.Path.Combine(cache, name));

    /// <summary>Declares the contents damaged: the next <see cref="Fill"/> replaces them.</summary>
    public void Discard() => File.Delete(System.IO.Path.Combine(Path, CompleteMarker));

    /// <summary>Fills a new folder and puts it in place; does nothing if that was done already.</summary>
    /// <param name="fill">Puts the contents into the folder it is given.</param>
    /// <param name="onWait">Called once if another process is at it.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public void Fill(Action<string> fill, Action onWait, CancellationToken cancellation)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        using var alone = FileLock.Take(Path, onWait, cancellation);
        if (IsComplete) return;
        var temporary = $"{Path}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(temporary);
            fill(temporary);
            File.WriteAllText(System.IO.Path.Combine(temporary, CompleteMarker), "");
            if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
            Directory.Move(temporary, Path);
        }
        finally
        {
            if (Directory.Exists(temporary)) Directory.Delete(temporary, recursive: true);
        }
    }
}
