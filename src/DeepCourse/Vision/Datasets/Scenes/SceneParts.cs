using DeepCourse.Vision.Imaging;

namespace DeepCourse.Vision.Datasets.Scenes;

/// <summary>What scenes are composed of, divided between training and validation.</summary>
/// <param name="Title">What the scenes are made of.</param>
/// <param name="Classes">Names of the classes.</param>
/// <param name="TrainingSprites">Things that occur in training and in the half of validation that is "seen".</param>
/// <param name="UnseenSprites">Things for the "unseen" half alone.</param>
/// <param name="TrainingBackgrounds">RGB.</param>
/// <param name="ValidationBackgrounds">RGB.</param>
/// <param name="IsSynthetic">Whether nothing here was ever photographed.</param>
internal sealed record SceneParts(
    string Title,
    IReadOnlyList<string> Classes,
    IReadOnlyList<Sprite> TrainingSprites,
    IReadOnlyList<Sprite> UnseenSprites,
    IReadOnlyList<Image> TrainingBackgrounds,
    IReadOnlyList<Image> ValidationBackgrounds,
    bool IsSynthetic)
{
    /// <summary>Of each class at least so many things are kept for the "unseen" half.</summary>
    private const int LeastUnseen = 3;

    /// <summary>Divides the things of each class by a seeded draw.</summary>
    /// <param name="title">What the scenes are made of.</param>
    /// <param name="classes">Names of the classes.</param>
    /// <param name="sprites">All things, in an order that does not depend on the machine.</param>
    /// <param name="trainingBackgrounds">Backgrounds of training alone.</param>
    /// <param name="validationBackgrounds">Backgrounds of validation alone.</param>
    /// <param name="isSynthetic">Whether nothing here was ever photographed.</param>
    /// <param name="seed">Decides the draw.</param>
    internal static SceneParts Divide(
        string title, IReadOnlyList<string> classes, IReadOnlyList<Sprite> sprites, IReadOnlyList<Image> trainingBackgrounds,
        IReadOnlyList<Image> validationBackgrounds, bool isSynthetic, int seed)
    {
        var random = new Random(seed);
        List<Sprite> training = [], unseen = [];
        foreach (var group in sprites.GroupBy(sprite => sprite.Class).OrderBy(group => group.Key))
        {
            var shuffled = group.ToArray();
            random.Shuffle(shuffled);
            var heldOut = Math.Max(LeastUnseen, shuffled.Length / 5);
            unseen.AddRange(shuffled[..heldOut]);
            training.AddRange(shuffled[heldOut..]);
        }
        return new(title, classes, training, unseen, trainingBackgrounds, validationBackgrounds, isSynthetic);
    }
}
