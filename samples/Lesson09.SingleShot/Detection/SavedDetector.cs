using DeepCourse.Lessons;
using DeepCourse.Tensors;
using DeepCourse.Vision.Backbones;
using DeepCourse.Vision.Detection;
using DeepCourse.Vision.Transforms;

namespace Lesson09;

/// <summary>Detectors as files: weights, and in the file's header what is needed to ask them.</summary>
internal static class SavedDetector
{
    internal const string RecipeNote = "recipe";
    private const string ClassesNote = "classes";
    private const string WidthNote = "width";
    private const string HeightNote = "height";

    internal static Dictionary<string, string> Notes(RecipeResult result) => new(result.Recipe.Notes)
    {
        [RecipeNote] = result.Recipe.Key,
        [ClassesNote] = string.Join('\n', result.Classes),
        [WidthNote] = $"{result.Pictures.Resize.Frame.Width}",
        [HeightNote] = $"{result.Pictures.Resize.Frame.Height}",
    };

    /// <summary>The detector of <c>--weights</c>; without it, the one for COCO's 80 classes that comes with the library.</summary>
    /// <returns>The detector, which the caller disposes, and what to call it.</returns>
    internal static (Detector Detector, string Title) Open(LessonContext lesson, Func<IReadOnlyDictionary<string, string>, Recipe?> recipeOf)
    {
        if (lesson.Options.Weights is not { } path) return (Detectors.NanoDet(device: lesson.Device), "NanoDet-g, trained on COCO's 80 classes");
        if (!File.Exists(path)) throw new UsageException($"--weights {path}: there is no such file; a run of this lesson leaves one as detector.safetensors in its folder");
        var notes = Weights.ReadMetadata(path);
        foreach (var note in new[] { RecipeNote, ClassesNote, WidthNote, HeightNote })
            if (!notes.ContainsKey(note))
                throw new UsageException($"--weights {path}: expected a detector that this lesson saved, but its header does not say '{note}'");
        var recipe = recipeOf(notes) ?? throw new UsageException($"--weights {path}: its recipe '{notes[RecipeNote]}' belongs to another lesson");
        var classes = notes[ClassesNote].Split('\n');
        var model = recipe.Build(new CspDarknetTiny(), classes.Length);
        Weights.Load(model, path);
        var resize = new SquashResize(new(int.Parse(notes[WidthNote]), int.Parse(notes[HeightNote])));
        return (Detector.Of(model, classes, resize, lesson.Device), $"{recipe.Title}, {Path.GetFileName(path)}");
    }
}
