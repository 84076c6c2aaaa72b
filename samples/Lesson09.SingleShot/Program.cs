// Lesson 9. Every object in the picture: which kinds, then sixteen anchors, then more, then none.
using DeepCourse.Lessons;
using Lesson09;
using Lesson09.SingleShot;

var info = new LessonInfo("Every object in the picture", epochs: 24, batchSize: 16, learningRate: 1.5e-3, size: 320)
{
    Description = "Trains single-shot detectors, from the course's grid of sixteen anchors to a detector without anchors, and measures each.",
    Data = ["bccd", "bccd-val", "scenes", "voc"],
    Defaults = AnnotatedSet.Defaults,
    Options = [SingleShotRecipes.Option, LessonChoices.SkipBad],
    Commands =
    [
        DetectCommand.For(notes => SingleShotRecipes.Of(notes[SavedDetector.RecipeNote])),
        new("study", "What each choice of the best recipe is worth, with three seeds: --epochs 6 --size 192 takes about a quarter of an hour.", Study.Run),
    ],
};

return Lesson.Run(args, info, lesson =>
{
    var set = AnnotatedSet.Load(lesson);
    var labels = MultiLabel.Train(lesson, set);
    var results = new List<RecipeResult>();
    try
    {
        foreach (var recipe in SingleShotRecipes.Chosen(lesson)) results.Add(recipe.Train(lesson, set));
        lesson.Save(results[^1].History);
        results[^1].Save(lesson.Folder.File("detector.safetensors"));
        SingleShotReport.Metrics(lesson, labels, results);
        SingleShotReport.Write(lesson, set, labels, results);
    }
    finally
    {
        foreach (var result in results) result.Dispose();
    }
});
