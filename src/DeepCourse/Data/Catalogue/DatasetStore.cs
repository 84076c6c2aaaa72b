using DeepCourse.Tensors;

namespace DeepCourse.Data.Catalogue;

/// <summary>
/// Finds data sets: first in the user's folders (unpacked or as archives), then in the cache, then where they come from.
/// </summary>
/// <remarks>
/// Several processes may ask for the same set at once: one fetches, the others wait. What is in the cache is complete:
/// it was unpacked beside its place and renamed at the end.
/// </remarks>
public sealed class DatasetStore
{
    /// <summary>The environment variable with the user's folders of data sets, separated as in PATH.</summary>
    public const string FoldersVariable = "DEEPCOURSE_DATA";

    /// <summary>The environment variable with the cache folder.</summary>
    public const string CacheVariable = "DEEPCOURSE_CACHE";

    // Where the contents of an installed Debian package are.
    private const string InstalledRoot = "/";

    private readonly IReadOnlyList<string> _folders;
    private readonly string _cache;
    private readonly IDatasetFetcher? _fetcher;

    /// <summary>A store with folders of its own.</summary>
    /// <param name="folders">The user's folders of data sets; nothing is written there.</param>
    /// <param name="cache">Where fetched sets and unpacked archives are kept.</param>
    /// <param name="fetcher">Fetches what is not there; null never fetches.</param>
    public DatasetStore(IReadOnlyList<string> folders, string cache, IDatasetFetcher? fetcher) =>
        (_folders, _cache, _fetcher) = (folders, Path.GetFullPath(cache), fetcher);

    /// <summary>The folder where fetched sets, unpacked archives and prepared data are kept.</summary>
    public string Cache => _cache;

    /// <summary>The store that the environment describes; it fetches what is missing.</summary>
    public static DatasetStore FromEnvironment()
    {
        var folders = Environment.GetEnvironmentVariable(FoldersVariable) ?? "";
        return new(
            folders.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            DefaultCache(Environment.GetEnvironmentVariable), new DatasetFetcher());
    }

    /// <summary>Finds a data set without fetching it.</summary>
    /// <param name="entry">The data set.</param>
    /// <param name="progress">Told when an archive in one of the user's folders is unpacked into the cache.</param>
    /// <param name="cancellation">Stops the unpacking.</param>
    /// <returns>Its root folder, or null.</returns>
    public string? Find(
        DatasetEntry entry, IProgress<FetchProgress>? progress = null, CancellationToken cancellation = default) =>
        Find(entry, [], progress, cancellation);

    /// <summary>Finds a data set, fetching it if need be.</summary>
    /// <param name="entry">The data set.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellation">Stops the fetching; what was downloaded is kept for the next time.</param>
    /// <returns>Its root folder.</returns>
    /// <exception cref="DatasetUnavailableException">It was not found and could not be fetched.</exception>
    public string Get(
        DatasetEntry entry, IProgress<FetchProgress>? progress = null, CancellationToken cancellation = default)
    {
        var tried = new List<string>();
        if (Find(entry, tried, progress, cancellation) is { } found) return found;
        if (_fetcher == null)
        {
            tried.Add($"fetching {entry.Source}: not allowed");
            throw new DatasetUnavailableException(entry, tried);
        }
        try
        {
            return Fill(entry, () => Waiting(entry, progress), folder =>
            {
                _fetcher.Fetch(entry, folder, Path.Combine(_cache, "downloads"), progress, cancellation);
                RequireRoot(entry, folder, entry.Source.ToString()!);
            }, cancellation);
        }
        catch (Exception exception) when (exception is FetchException or IOException or UnauthorizedAccessException
            or DataFormatException)
        {
            tried.Add($"fetching {entry.Source}: {exception.Message}");
            throw new DatasetUnavailableException(entry, tried, exception);
        }
    }

    internal static string DefaultCache(Func<string, string?> variable)
    {
        if (variable(CacheVariable) is { Length: > 0 } cache) return cache;
        var parent = variable("XDG_CACHE_HOME") is { Length: > 0 } xdg
            ? xdg
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(parent, "deepcourse");
    }

    private string? Find(
        DatasetEntry entry, List<string> tried, IProgress<FetchProgress>? progress, CancellationToken cancellation)
    {
        foreach (var folder in _folders)
        {
            string[] candidates = [.. entry.Folders.Select(name => Path.Combine(folder, name)), folder];
            if (Array.Find(candidates, entry.IsRoot) is { } root) return root;
            tried.Add($"folder {folder}: no {string.Join(", ", entry.Folders)} with {string.Join(", ", entry.Markers)}");
        }
        if (InCache(entry) is { } cached) return cached;
        tried.Add($"cache {Path.Combine(_cache, entry.Name)}: nothing there");
        if (entry.Source is DatasetSource.Debian && entry.IsRoot(InstalledRoot)) return InstalledRoot;
        string[] archives =
        [
            .. _folders.SelectMany(folder => entry.Archives.Select(name => Path.Combine(folder, name))).Where(File.Exists),
        ];
        return archives is [] ? null : Fill(entry, () => Waiting(entry, progress), folder =>
        {
            foreach (var archive in archives)
            {
                progress?.Report(new(entry.Name, $"unpacking {Path.GetFileName(archive)}"));
                Archive.Unpack(archive, folder, cancellation);
            }
            RequireRoot(entry, folder, string.Join(", ", archives));
        }, cancellation);
    }

    private string? InCache(DatasetEntry entry)
    {
        var folder = CacheFolder.At(_cache, entry.Name);
        return folder.IsComplete ? entry.FindRoot(folder.Path) : null;
    }

    private string Fill(DatasetEntry entry, Action onWait, Action<string> fill, CancellationToken cancellation)
    {
        var folder = CacheFolder.At(_cache, entry.Name);
        folder.Fill(fill, onWait, cancellation);
        return RequireRoot(entry, folder.Path, folder.Path);
    }

    private static string RequireRoot(DatasetEntry entry, string folder, string origin) => entry.FindRoot(folder)
        ?? throw new DataFormatException(origin, $"has no folder with {string.Join(", ", entry.Markers)}");

    private static void Waiting(DatasetEntry entry, IProgress<FetchProgress>? progress) =>
        progress?.Report(new(entry.Name, "waiting for another process that fetches it"));
}
