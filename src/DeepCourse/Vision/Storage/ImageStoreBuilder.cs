using DeepCourse.Data;
using DeepCourse.Tensors;
using DeepCourse.Vision.Transforms;

namespace DeepCourse.Vision.Storage;

/// <summary>Makes an <see cref="ImageStore"/> of pictures: decoded and resized by several threads, written in their order,
/// with only a few of them in memory at a time.</summary>
/// <remarks>
/// The file appears whole or not at all. Until then its parts lie beside it (<c>.part</c>): when a build was interrupted
/// and the same is asked for again, it goes on where it was, or at the first picture that has changed since. Of several
/// processes that want the same store one builds it and the others wait. The bytes of the file depend on pictures and
/// options alone, not on threads or interruptions.
/// </remarks>
/// <param name="options">Size, form and threads; by default pictures are kept as they are, as pixels.</param>
public sealed class ImageStoreBuilder(ImageStoreOptions? options = null)
{
    private readonly ImageStoreOptions _options = (options ?? new()).Checked();

    /// <summary>Opens a store that is there, or builds it.</summary>
    /// <typeparam name="T">The item as it is listed: a path, an annotation.</typeparam>
    /// <param name="items">The items; they keep their numbers in the store.</param>
    /// <param name="read">The picture of an item; called by several threads at once.</param>
    /// <param name="path">Where the store is, or should be.</param>
    /// <param name="progress">Told how far the build is, on the calling thread.</param>
    /// <param name="cancellation">Interrupts the build; what is done is kept for the next time.</param>
    /// <returns>The store; the caller disposes it.</returns>
    /// <remarks>A store of other options or of an older version is built again, and so is one whose pictures have changed:
    /// files by path, length and time of writing, others by their bytes. <see cref="ImageStore.Open(string)"/> looks at no
    /// source.</remarks>
    /// <exception cref="DataFormatException">What is there is no store, or damaged: it is not touched.</exception>
    /// <exception cref="ItemException">A picture can't be read.</exception>
    /// <exception cref="OperationCanceledException">The build was interrupted.</exception>
    public ImageStore OpenOrBuild<T>(
        IReadOnlyList<T> items, Func<T, ImageSource> read, string path,
        IProgress<ImageStoreProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (OpenCurrent(items, read, path) is { } current) return current;
        using var alone = TakeLock(path, items.Count, progress, cancellation);
        return OpenCurrent(items, read, path) ?? BuildAlone(items, read, path, progress, cancellation);
    }

    /// <summary>Builds a store, or goes on with an interrupted build.</summary>
    /// <typeparam name="T">The item as it is listed: a path, an annotation.</typeparam>
    /// <param name="items">The items; they keep their numbers in the store.</param>
    /// <param name="read">The picture of an item; called by several threads at once.</param>
    /// <param name="path">The file to make or to replace; its folder is made too.</param>
    /// <param name="progress">Told how far the build is, on the calling thread.</param>
    /// <param name="cancellation">Interrupts the build; what is done is kept for the next time.</param>
    /// <returns>The store; the caller disposes it.</returns>
    /// <exception cref="ItemException">A picture can't be read.</exception>
    /// <exception cref="OperationCanceledException">The build was interrupted.</exception>
    public ImageStore Build<T>(
        IReadOnlyList<T> items, Func<T, ImageSource> read, string path,
        IProgress<ImageStoreProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var alone = TakeLock(path, items.Count, progress, cancellation);
        return BuildAlone(items, read, path, progress, cancellation);
    }

    private static IDisposable TakeLock(
        string path, int count, IProgress<ImageStoreProgress>? progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return FileLock.Take(
            path, () => progress?.Report(new(path, "waiting for another process that stores it", 0, count, 0)), cancellation);
    }

    private ImageStore? OpenCurrent<T>(IReadOnlyList<T> items, Func<T, ImageSource> read, string path)
    {
        if (!File.Exists(path) || ImageStoreHeader.IsOutdated(path)) return null;
        var store = ImageStore.Open(path);
        try
        {
            if (store.Options == _options.Identity && store.Count == items.Count && HasCurrentPictures()) return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
        store.Dispose();
        return null;

        bool HasCurrentPictures()
        {
            for (var index = 0; index < items.Count; index++)
                if (store.RowOf(index).Stamp != read(items[index]).Stamp()) return false;
            return true;
        }
    }

    private ImageStore BuildAlone<T>(
        IReadOnlyList<T> items, Func<T, ImageSource> read, string path,
        IProgress<ImageStoreProgress>? progress, CancellationToken cancellation)
    {
        var journal = ImageStoreWriter.FindJournal(path, _options.Identity, items.Count, index => read(items[index]).Stamp());
        using var writer = new ImageStoreWriter(path, _options.Identity, journal);
        var resize = _options.Resize ?? new OwnShapeResize(_options.ShortestSide);
        var noted = writer.Bytes;
        try
        {
            var remaining = Enumerable.Range(writer.Done, items.Count - writer.Done);
            OrderedWork.Run(remaining, Render, Write, _options.Threads, cancellation);
        }
        catch
        {
            Note(writer);
            throw;
        }
        writer.Finish();
        return ImageStore.Open(path);

        RenderedImage Render(int index)
        {
            var name = $"#{index}";
            try
            {
                var source = read(items[index]);
                name = source.Name;
                return RenderedImage.Of(source, resize, _options);
            }
            catch (Exception exception)
            {
                throw new ItemException(index, name, exception);
            }
        }

        void Write(RenderedImage image)
        {
            writer.Write(image, image.Problem is null ? "" : read(items[writer.Done]).Name);
            image.Release();
            if (writer.Bytes - noted >= _options.BytesInPart)
            {
                writer.SaveJournal();
                noted = writer.Bytes;
            }
            progress?.Report(new(path, "storing", writer.Done, items.Count, writer.Bytes));
        }
    }

    private static void Note(ImageStoreWriter writer)
    {
        try
        {
            writer.SaveJournal();
        }
        catch (IOException)
        {
            // The disk is full, most likely, and the error under way says so; an older journal is still there.
        }
    }
}
