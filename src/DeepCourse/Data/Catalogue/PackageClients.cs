using System.ComponentModel;
using System.Diagnostics;

namespace DeepCourse.Data.Catalogue;

/// <summary>Fetches packages with the clients the machine has; they verify what they fetch. Nothing is installed.</summary>
internal static class PackageClients
{
    /// <summary>Unpacks a Debian package.</summary>
    public static void Debian(string package, string folder, CancellationToken cancellation)
    {
        using var downloads = new TemporaryFolder();
        try
        {
            Run("apt-get", ["download", package], downloads.Path, cancellation);
        }
        catch (FetchException) when (Environment.IsPrivilegedProcess)
        {
            // A fresh machine or image has no package lists yet.
            Run("apt-get", ["update"], downloads.Path, cancellation);
            Run("apt-get", ["download", package], downloads.Path, cancellation);
        }
        Run("dpkg-deb", ["-x", Only(downloads.Path, "*.deb"), folder], downloads.Path, cancellation);
    }

    /// <summary>Unpacks an npm package.</summary>
    public static void Npm(string package, string version, string folder, CancellationToken cancellation)
    {
        using var downloads = new TemporaryFolder();
        Run("npm", ["pack", $"{package}@{version}", "--pack-destination", downloads.Path], downloads.Path, cancellation);
        Archive.Unpack(Only(downloads.Path, "*.tgz"), folder, cancellation);
    }

    private static string Only(string folder, string pattern) => Directory.GetFiles(folder, pattern) is [var file]
        ? file
        : throw new FetchException($"the client left no {pattern} file");

    private static void Run(string client, string[] arguments, string folder, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(client, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // apt-get and dpkg-deb translate their messages otherwise.
        start.Environment["LC_ALL"] = "C.UTF-8";
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            using var kill = cancellation.Register(() => process.Kill(entireProcessTree: true));
            process.WaitForExit();
            cancellation.ThrowIfCancellationRequested();
            Task.WaitAll([errors, output], cancellation);
            if (process.ExitCode != 0)
                throw new FetchException($"'{client} {string.Join(' ', arguments)}' failed: {LastLine(errors.Result)}");
        }
        catch (Win32Exception exception)
        {
            throw new FetchException($"the client '{client}' is not installed", exception);
        }
    }

    private static string LastLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "no message";

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("deepcourse-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
