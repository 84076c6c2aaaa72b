namespace DeepCourse.Data.Catalogue;

/// <summary>Brings data sets from where they come from.</summary>
/// <remarks><b>Extending.</b> An own implementation can fetch from a mirror, or record what was asked for in a test.</remarks>
public interface IDatasetFetcher
{
    /// <summary>Fetches a data set and unpacks it.</summary>
    /// <param name="entry">The data set.</param>
    /// <param name="folder">An empty folder for the contents.</param>
    /// <param name="downloads">A folder where unfinished downloads survive.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellation">Stops the fetching.</param>
    /// <exception cref="FetchException">It can't be had.</exception>
    void Fetch(
        DatasetEntry entry,
        string folder,
        string downloads,
        IProgress<FetchProgress>? progress,
        CancellationToken cancellation);
}
