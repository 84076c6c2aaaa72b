// Lesson 9, second part. YOLOv3: three grids, three anchors a cell, and a score for there being anything at all.
using DeepCourse.Lessons;
using Lesson09;
using Lesson09.Yolo;

var info = new LessonInfo("YOLOv3: every object in the picture", epochs: 24, batchSize: 16, learningRate: 1.5e-3, size: 320)
{
    Description = "Trains YOLOv3's head and loss on a pretrained body, with anchors found by clustering the boxes.",
    Data = ["bccd", "bccd-val", "scenes", "voc"],
    Defaults = AnnotatedSet.Defaults,
    Options = [LessonChoices.SkipBad],
    Commands = [DetectCommand.For(YoloRecipe.Of)],
};

return Lesson.Run(args, info, lesson =>
{
    var set = AnnotatedSet.Load(lesson);
    var recipe = YoloRecipe.For(set, lesson);
    using var result = recipe.Train(lesson, set);
    lesson.Save(result.History);
    result.Save(lesson.Folder.File("detector.safetensors"));
    DetectionReport.Metrics(lesson, result);
    YoloReport.Write(lesson, set, result);
});
