using System.Text.Json;
using DeepCourse.Data.Catalogue;
using DeepCourse.Tensors;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Datasets.Scenes;

/// <summary>Scenes' parts from packages: emoji in three styles as things, desktop photographs as backgrounds.</summary>
internal static class EmojiParts
{
    /// <summary>The classes, and the subcategories of Unicode's emoji list that each of them joins.</summary>
    private static readonly (string Class, string[] Subcategories)[] classes =
    [
        ("mammal", ["animal-mammal"]),
        ("bird", ["animal-bird"]),
        ("sea animal", ["animal-marine"]),
        ("insect", ["animal-bug"]),
        ("plant", ["plant-flower", "plant-other"]),
        ("fruit", ["food-fruit"]),
        ("meal", ["food-prepared", "food-asian"]),
        ("sweet", ["food-sweet"]),
        ("drink", ["drink"]),
        ("vehicle", ["transport-ground"]),
        ("building", ["place-building", "place-religious"]),
        ("clothing", ["clothing"]),
        ("sport", ["sport"]),
        ("instrument", ["musical-instrument"]),
        ("tool", ["tool"]),
        ("face", ["face-smiling", "face-concerned", "face-neutral-skeptical"]),
    ];

    /// <summary>Members of a subcategory that nobody would call by its class.</summary>
    private static readonly HashSet<string> strangers =
    [
        "feet", "pig_nose", "feather", "wing", "microbe", "spider_web", "nest_with_eggs", "empty_nest", "rosette",
        "ice_cube", "pouring_liquid", "salt", "busstop", "fuelpump", "traffic_light", "vertical_traffic_light",
        "octagonal_sign", "construction", "motorway", "railway_track", "oil_drum", "rotating_light", "station", "wheel",
        "roller_skate", "bricks", "wood", "rock", "gem", "ring", "prayer_beads", "lipstick", "hair_pick",
        "folding_hand_fan", "shopping_bags", "running_shirt_with_sash", "martial_arts_uniform", "bomb", "link", "scales",
        "cocktail_glass_with_umbrella",
    ];

    internal static IReadOnlyList<DatasetEntry> Entries { get; } =
    [
        PackageDatasets.FluentEmoji3D, PackageDatasets.EmojiGoogle, PackageDatasets.EmojiTwitter,
        PackageDatasets.LomiriWallpapers1604, PackageDatasets.LomiriWallpapers2004,
    ];

    /// <summary>Fetches what is missing and lists what is there.</summary>
    /// <exception cref="DatasetUnavailableException">A package is not there and cannot be fetched.</exception>
    internal static SceneParts Load(
        DatasetStore store, int seed, IProgress<FetchProgress>? progress, CancellationToken cancellation)
    {
        var roots = Entries.ToDictionary(entry => entry.Name, entry => store.Get(entry, progress, cancellation));
        var sprites = Sprites(
            Path.Combine(roots[PackageDatasets.FluentEmoji3D.Name], "package", "assets"),
            Path.Combine(roots[PackageDatasets.EmojiGoogle.Name], "package"),
            Path.Combine(roots[PackageDatasets.EmojiTwitter.Name], "package"));
        progress?.Report(new("scenes", "reading backgrounds"));
        var (training, validation) = Backdrops.Read(
        [
            Path.Combine(roots[PackageDatasets.LomiriWallpapers1604.Name], "usr", "share", "backgrounds"),
            Path.Combine(roots[PackageDatasets.LomiriWallpapers2004.Name], "usr", "share", "backgrounds"),
        ]);
        return SceneParts.Divide(
            "photographs with rendered objects", [.. classes.Select(kind => kind.Class)], sprites, training, validation,
            isSynthetic: false, seed);
    }

    private static List<Sprite> Sprites(string fluent, string google, string twitter)
    {
        var classOf = classes
            .SelectMany((kind, index) => kind.Subcategories.Select(subcategory => (subcategory, index)))
            .ToDictionary(pair => pair.subcategory, pair => pair.index);
        var path = Path.Combine(google, "emoji.json");
        using var list = JsonDocument.Parse(File.ReadAllBytes(path));
        var sprites = new List<Sprite>();
        foreach (var entry in list.RootElement.EnumerateArray())
        {
            var name = Text(entry, "short_name", path);
            if (!classOf.TryGetValue(Text(entry, "subcategory", path), out var kind) || strangers.Contains(name)) continue;
            var unified = Text(entry, "unified", path).ToLowerInvariant();
            var picture = Text(entry, "image", path);
            string[] files =
            [
                Path.Combine(fluent, unified + ".webp"), Path.Combine(fluent, unified.Replace("-fe0f", "") + ".webp"),
                Path.Combine(google, "img", "google", "64", picture), Path.Combine(twitter, "img", "twitter", "64", picture),
            ];
            var styles = files.Distinct().Where(File.Exists).Select(file => new Lazy<Image>(() => CutOut(file))).ToArray();
            if (styles.Length > 1) sprites.Add(new(kind, name, styles));
        }
        // The list's own order may change with its version; the draw that divides the things must not.
        return [.. sprites.OrderBy(sprite => sprite.Name, StringComparer.Ordinal)];
    }

    /// <summary>The part of a picture that is not transparent.</summary>
    private static Image CutOut(string file)
    {
        var image = ImageReader.Read(file, new ReadOptions(PixelLayout.Rgba));
        var (left, top, right, bottom) = (image.Width, image.Height, 0, 0);
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.Row(y);
            for (var x = 0; x < image.Width; x++)
            {
                if (row[x * 4 + 3] < 128) continue;
                (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1));
            }
        }
        return right > left
            ? image.Crop(left, top, new PixelSize(right - left, bottom - top))
            : throw new DataFormatException(file, "shows nothing: every pixel is transparent");
    }

    private static string Text(JsonElement entry, string property, string path) =>
        entry.TryGetProperty(property, out var value) && value.GetString() is { } text
            ? text
            : throw new DataFormatException(path, $"has an entry without '{property}'");
}
