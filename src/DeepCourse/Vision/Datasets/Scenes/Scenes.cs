using DeepCourse.Data.Catalogue;
using DeepCourse.Tensors;

namespace DeepCourse.Vision.Datasets.Scenes;

/// <summary>Makes the scenes, or finds those that were made before.</summary>
public static class Scenes
{
    /// <summary>
    /// Composes scenes of rendered objects on photographs; where the packages with these can't be had, of drawn shapes.
    /// The same options give the same scenes; they are kept in the cache.
    /// </summary>
    /// <param name="store">Where packages and finished scenes are kept.</param>
    /// <param name="options">How many, how large, from which seed.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellation">Stops the work; nothing half-made stays.</param>
    /// <returns>The scenes; <see cref="SceneSet.IsSynthetic"/> tells of what kind they are.</returns>
    public static SceneSet Load(
        DatasetStore store, SceneOptions? options = null, IProgress<FetchProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        options ??= new();
        if (Made(store, "scenes", options, progress) is { } made) return made;
        SceneParts parts;
        try
        {
            parts = EmojiParts.Load(store, options.Seed, progress, cancellation);
        }
        catch (DatasetUnavailableException missing)
        {
            progress?.Report(new("scenes", $"drawing shapes instead of photographs: {missing.Message}"));
            return Generate(store, options, progress, cancellation);
        }
        return Make(store, "scenes", () => parts, options, progress, cancellation);
    }

    /// <summary>Draws scenes of simple shapes, which needs no packages and no network.</summary>
    /// <param name="store">Where finished scenes are kept.</param>
    /// <param name="options">How many, how large, from which seed.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cancellation">Stops the work; nothing half-made stays.</param>
    /// <returns>Synthetic scenes.</returns>
    public static SceneSet Generate(
        DatasetStore store, SceneOptions? options = null, IProgress<FetchProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        options ??= new();
        return Make(store, "shapes", () => ShapeParts.Make(options.Seed), options, progress, cancellation);
    }

    private static SceneSet Make(
        DatasetStore store, string kind, Func<SceneParts> parts, SceneOptions options, IProgress<FetchProgress>? progress, CancellationToken cancellation)
    {
        if (Made(store, kind, options, progress) is { } made) return made;
        var folder = Folder(store, kind, options);
        var share = progress is null ? null : new Share(progress, kind);
        folder.Fill(
            temporary => SceneFiles.Write(parts(), options, temporary, share, cancellation),
            () => progress?.Report(new(kind, "waiting for another process that composes them")), cancellation);
        return SceneFiles.Read(folder.Path);
    }

    /// <summary>What was made before; null where there is nothing, or where it was damaged since: then it is made again.</summary>
    private static SceneSet? Made(DatasetStore store, string kind, SceneOptions options, IProgress<FetchProgress>? progress)
    {
        var folder = Folder(store, kind, options);
        if (!folder.IsComplete) return null;
        try
        {
            return SceneFiles.Read(folder.Path);
        }
        catch (DataFormatException damaged)
        {
            progress?.Report(new(kind, $"making them again: {damaged.Message}"));
            folder.Discard();
            return null;
        }
    }

    private static CacheFolder Folder(DatasetStore store, string kind, SceneOptions options) => CacheFolder.At(
        store.Cache, $"{kind}-v{SceneFiles.Version}-{options.TrainingCount}-{options.ValidationCount}-{options.SizeInPixels}px-seed{options.Seed}");

    // Told from many threads; a report for each percent is enough.
    private sealed class Share(IProgress<FetchProgress> progress, string kind) : IProgress<double>
    {
        private int _told = -1;

        public void Report(double value)
        {
            var percent = (int)(value * 100);
            if (Interlocked.Exchange(ref _told, percent) < percent) progress.Report(new(kind, "composing scenes", percent, 100));
        }
    }
}
