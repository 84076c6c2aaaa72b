// Lesson 8. The largest object in a picture: what it is, where it is, and both in one model.
using DeepCourse.Lessons;
using Lesson08.LargestObject;

var info = new LessonInfo("The largest object in the picture", epochs: 6, batchSize: 64, learningRate: 1.5e-3, size: 128)
{
    Description = "Fine-tunes a pretrained body to name and box the largest object of each picture, in three stages.",
    Data = ["scenes", "voc"],
    Options = [Bodies.Option],
    Commands = [new("study", "Pretrained against from scratch, one task against two, three seeds each; hours.", Study.Run)],
};

return Lesson.Run(args, info, lesson =>
{
    using var body = Bodies.Make(lesson);
    using var data = PictureData.Load(lesson, body.Statistics);
    using var features = CachedFeatures.Of(lesson, data, body);

    var what = Stage.What.Train(lesson, data, features, Bodies.Make(lesson));
    var where = Stage.Where.Train(lesson, data, features, Bodies.Make(lesson));
    var both = Stage.Both.Train(lesson, data, features, Bodies.Make(lesson));

    lesson.Save(both.All);
    LessonReport.Metrics(lesson, what, where, both);
    LessonReport.Write(lesson, data, what, where, both);
});
