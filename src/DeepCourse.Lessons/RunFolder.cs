using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepCourse.Lessons;

/// <summary>The folder of one run, <c>runs/LESSON/STAMP/</c>, and the link <c>latest</c> beside it.</summary>
/// <remarks>Files are written beside their place and renamed, so a reader never sees half a file.</remarks>
public sealed partial class RunFolder
{
    /// <summary>Name of the link to the newest run.</summary>
    internal const string Latest = "latest";

    /// <summary>Name of the folder of checkpoints.</summary>
    internal const string Checkpoints = "checkpoints";

    /// <summary>Name of the file with the run's options.</summary>
    internal const string OptionsFile = "options.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private RunFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>A file or folder inside.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its path.</returns>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Makes a folder named by the time, and lets <c>latest</c> point at it.</summary>
    /// <param name="root">Folder of all runs.</param>
    /// <param name="lesson">Name of the lesson.</param>
    /// <param name="now">The time, in UTC.</param>
    /// <returns>The new folder.</returns>
    internal static RunFolder Create(string root, string lesson, DateTimeOffset now)
    {
        var stamp = now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var parent = System.IO.Path.Combine(System.IO.Path.GetFullPath(root), lesson);
        var name = stamp;
        for (var i = 2; Directory.Exists(System.IO.Path.Combine(parent, name)); i++) name = $"{stamp}-{i}";
        var path = Directory.CreateDirectory(System.IO.Path.Combine(parent, name)).FullName;
        Link(parent, name);
        return new RunFolder(path);
    }

    /// <summary>Opens the folder of a run that is to be continued.</summary>
    /// <param name="path">The folder, or the link to it.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="UsageException">It is no run folder.</exception>
    internal static RunFolder Open(string path)
    {
        if (!System.IO.File.Exists(System.IO.Path.Combine(path, OptionsFile)))
            throw new UsageException($"--resume: '{path}' is no run folder (it has no {OptionsFile})");
        var target = Directory.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? System.IO.Path.GetFullPath(path);
        Link(System.IO.Path.GetDirectoryName(target)!, System.IO.Path.GetFileName(target));
        return new RunFolder(target);
    }

    /// <summary>Makes a folder that nobody keeps: for a process that trains with another one, which writes for both. It
    /// holds what the run to continue has left, except checkpoints.</summary>
    /// <param name="resumed">Folder of the run to continue; null for a new run.</param>
    /// <returns>The new folder, somewhere for temporary files.</returns>
    internal static RunFolder CreateScratch(string? resumed)
    {
        var scratch = Directory.CreateTempSubdirectory("deepcourse-run-").FullName;
        if (resumed is null) return new RunFolder(scratch);
        foreach (var file in Directory.EnumerateFiles(resumed, "*", SearchOption.AllDirectories))
        {
            var name = System.IO.Path.GetRelativePath(resumed, file);
            if (name.StartsWith(Checkpoints + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal)) continue;
            var copy = System.IO.Path.Combine(scratch, name);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            System.IO.File.Copy(file, copy);
        }
        return new RunFolder(scratch);
    }

    /// <summary>Writes a text file at once.</summary>
    /// <param name="name">Name of the file.</param>
    /// <param name="text">Its content.</param>
    public void Write(string name, string text)
    {
        var temporary = File(name + ".part");
        System.IO.File.WriteAllText(temporary, text, new UTF8Encoding(false));
        System.IO.File.Move(temporary, File(name), overwrite: true);
    }

    /// <summary>Writes metrics.json: a flat object of names and numbers; what is not a finite number becomes null.</summary>
    internal void WriteMetrics(IReadOnlyDictionary<string, double> metrics)
    {
        var json = new JsonObject();
        foreach (var (name, value) in metrics) json[name] = double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 6)) : null;
        Write("metrics.json", json.ToJsonString(Indented) + "\n");
    }

    // rename(2) replaces a link in one step, so 'latest' always exists; .NET's Move refuses links to folders.
    private static void Link(string parent, string name)
    {
        var link = System.IO.Path.Combine(parent, Latest);
        if (OperatingSystem.IsWindows())
        {
            // Links need a privilege there: the name of the newest run is written into a file instead.
            System.IO.File.WriteAllText(link + ".txt", name + "\n");
            return;
        }
        var temporary = System.IO.Path.Combine(parent, $".latest-{Environment.ProcessId}-{name}");
        System.IO.File.Delete(temporary);
        System.IO.File.CreateSymbolicLink(temporary, name);
        if (Rename(temporary, link) != 0)
        {
            var reason = Marshal.GetLastPInvokeErrorMessage();
            System.IO.File.Delete(temporary);
            throw new IOException($"cannot let '{link}' point at '{name}': {reason}");
        }
    }

    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Rename(string from, string to);
}
