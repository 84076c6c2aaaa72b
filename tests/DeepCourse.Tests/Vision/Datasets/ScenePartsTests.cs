using DeepCourse.Vision.Datasets.Scenes;
using DeepCourse.Vision.Imaging;

namespace DeepCourse.Tests.Vision.Datasets;

public sealed class ScenePartsTests
{
    private static readonly Sprite[] sprites =
        [.. Enumerable.Range(0, 30).Select(i => new Sprite(i % 3, $"thing {i}", [new Lazy<Image>(() => Filled(16, 16, 0, 255, 0, 255))]))];

    [Fact]
    public void Divide_GivesEachThingToOneSide_AndEveryClassToBoth()
    {
        var parts = SceneParts.Divide("test", ["a", "b", "c"], sprites, [], [], isSynthetic: true, seed: 4);

        Assert.Empty(parts.TrainingSprites.Intersect(parts.UnseenSprites));
        Assert.Equal(sprites.OrderBy(sprite => sprite.Name), parts.TrainingSprites.Concat(parts.UnseenSprites).OrderBy(sprite => sprite.Name));
        Assert.Equal([0, 1, 2], parts.UnseenSprites.Select(sprite => sprite.Class).Distinct().Order());
        Assert.Equal([0, 1, 2], parts.TrainingSprites.Select(sprite => sprite.Class).Distinct().Order());
    }

    [Fact]
    public void Write_PutsValidationOnItsOwnBackgrounds()
    {
        using var folder = new TemporaryFolder();
        var parts = new SceneParts(
            "test", ["a", "b", "c"], sprites[..20], sprites[20..], [Filled(64, 64, 200, 0, 0)], [Filled(64, 64, 0, 0, 200)], IsSynthetic: true);
        SceneFiles.Write(
            parts, new() { TrainingCount = 6, ValidationCount = 6, SizeInPixels = 48 }, folder.Path, progress: null, CancellationToken.None);

        var set = SceneFiles.Read(folder.Path);

        Assert.All(set.Training, scene => Assert.True(Redness(scene) > 20));
        Assert.All(set.Seen.Concat(set.Unseen), scene => Assert.True(Redness(scene) < -20));
        Assert.All(set.Seen, scene => Assert.All(scene.Objects, item => Assert.Contains(parts.TrainingSprites, sprite => sprite.Name == item.Name)));
        Assert.All(set.Unseen, scene => Assert.All(scene.Objects, item => Assert.Contains(parts.UnseenSprites, sprite => sprite.Name == item.Name)));
    }

    [Fact]
    public void ShapeParts_AreCutToWhatIsVisible() => Assert.All(ShapeParts.Make(seed: 1).UnseenSprites, sprite =>
    {
        var image = sprite.Styles[0].Value;
        Assert.Contains(Enumerable.Range(0, image.Width), x => image[x, 0][3] > 0);
        Assert.Contains(Enumerable.Range(0, image.Width), x => image[x, image.Height - 1][3] > 0);
        Assert.Contains(Enumerable.Range(0, image.Height), y => image[0, y][3] > 0);
        Assert.Contains(Enumerable.Range(0, image.Height), y => image[image.Width - 1, y][3] > 0);
    });

    // How much more red than blue the background is.
    private static double Redness(Scene scene)
    {
        var picture = ImageReader.Read(scene.Picture);
        var mask = ImageReader.Read(scene.Mask, new ReadOptions(PixelLayout.Grey));
        var (sum, count) = (0, 0);
        for (var i = 0; i < mask.Pixels.Length; i++)
        {
            if (mask.Pixels[i] != 0) continue;
            sum += picture.Pixels[3 * i] - picture.Pixels[3 * i + 2];
            count++;
        }
        return (double)sum / count;
    }

    private static Image Filled(int width, int height, params byte[] colour)
    {
        var image = new Image(width, height, colour.Length);
        for (var i = 0; i < image.Pixels.Length; i++) image.Pixels[i] = colour[i % colour.Length];
        return image;
    }
}
