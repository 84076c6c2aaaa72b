using System.Text.Json;
using DeepCourse.Tensors;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Datasets.Scenes;

/// <summary>A set of scenes as a folder: JPEG pictures, PNG masks, and one JSON file with everything else.</summary>
internal static class SceneFiles
{
    /// <summary>Raised whenever the same options would give other scenes.</summary>
    internal const int Version = 2;

    private const string IndexFile = "scenes.json";
    private const int JpegQuality = 92;

    private static readonly string[] splits = ["training", "seen", "unseen"];

    private static readonly JsonSerializerOptions strict =
        new() { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    internal static void Write(SceneParts parts, SceneOptions options, string folder, IProgress<double>? progress, CancellationToken cancellation)
    {
        var sets = new (IReadOnlyList<Sprite> Sprites, IReadOnlyList<Image> Backgrounds, int Count)[]
        {
            (parts.TrainingSprites, parts.TrainingBackgrounds, options.TrainingCount),
            (parts.TrainingSprites, parts.ValidationBackgrounds, options.ValidationCount),
            (parts.UnseenSprites, parts.ValidationBackgrounds, options.ValidationCount),
        };
        var (total, done) = (sets.Sum(set => set.Count), 0);
        var index = new SceneIndex(Version, parts.Title, [.. parts.Classes], options.SizeInPixels, parts.IsSynthetic, []);
        for (var split = 0; split < sets.Length; split++)
        {
            var number = split;
            Directory.CreateDirectory(Path.Combine(folder, splits[split]));
            var composer = new SceneComposer(sets[split].Sprites, sets[split].Backgrounds, options.SizeInPixels);
            var entries = new SceneEntry[sets[split].Count];
            Parallel.For(0, entries.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
            {
                // Each scene has a draw of its own, so that the number of threads changes nothing.
                var random = new Random(HashOf(options.Seed, number, i));
                var (picture, mask, objects) = composer.Compose(random);
                var file = $"{splits[number]}/{i:00000}";
                byte[] pictureBytes = picture.ToJpeg(JpegQuality), maskBytes = mask.ToPng();
                File.WriteAllBytes(Path.Combine(folder, file + ".jpg"), pictureBytes);
                File.WriteAllBytes(Path.Combine(folder, file + ".png"), maskBytes);
                entries[i] = new(
                    file, [.. objects.Select(scene => new ObjectEntry(scene.Class, scene.Name, scene.Box.ToArray(), scene.Mask))],
                    pictureBytes.Length, maskBytes.Length);
                progress?.Report((double)Interlocked.Increment(ref done) / total);
            });
            index.Scenes.AddRange(entries);
        }
        using var stream = File.Create(Path.Combine(folder, IndexFile));
        JsonSerializer.Serialize(stream, index.Sealed());
    }

    internal static SceneSet Read(string folder)
    {
        var path = Path.Combine(folder, IndexFile);
        SceneIndex index;
        try
        {
            using var stream = File.OpenRead(path);
            index = JsonSerializer.Deserialize<SceneIndex>(stream, strict) ?? throw new JsonException("it is null");
            if (index.Scenes.Find(scene => !IsWhole(scene, index.Classes.Count)) is { } faulty)
                throw new JsonException($"the scene '{faulty.File}' has no objects, or one without a class or box");
            index.RequireUnchanged(folder);
        }
        catch (Exception broken) when (broken is JsonException or FileNotFoundException)
        {
            throw new DataFormatException(path, $"is no index of scenes ({broken.Message}); delete the folder, it is made again", broken);
        }
        var bySplit = index.Scenes.ToLookup(
            entry => entry.File.Split('/')[0],
            entry => new Scene(
                Path.Combine(folder, entry.File + ".jpg"), Path.Combine(folder, entry.File + ".png"),
                [.. entry.Objects.Select(item => new SceneObject(item.Class, item.Name, new PixelBox(item.Box[0], item.Box[1], item.Box[2], item.Box[3]), item.Mask))]));
        return new(
            index.Title, index.Classes, index.Size, [.. bySplit[splits[0]]], [.. bySplit[splits[1]]], [.. bySplit[splits[2]]], index.IsSynthetic);
    }

    private static bool IsWhole(SceneEntry scene, int classes) =>
        scene.Objects.Count > 0
        && scene.Objects.TrueForAll(item => item.Class >= 0 && item.Class < classes && item.Box is [var left, var top, var right, var bottom]
            && left < right && top < bottom);

    /// <summary>A seed for each scene that is the same on every machine, unlike <see cref="HashCode"/>.</summary>
    private static int HashOf(int seed, int split, int index)
    {
        var hash = 17u;
        foreach (var part in (ReadOnlySpan<int>)[seed, split, index]) hash = (hash ^ (uint)part) * 0x9E3779B1u + 0x85EBCA6Bu;
        return (int)(hash & int.MaxValue);
    }
}
