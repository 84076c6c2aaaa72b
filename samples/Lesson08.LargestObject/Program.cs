// Lesson 8. The largest object in a picture: what it is, where it is, and both at once.
using DeepCourse.Lessons;
using DeepCourse.Vision.Backbones;
using Lesson08.LargestObject;

var info = new LessonInfo("The largest object in the picture", epochs: 4, batchSize: 64, learningRate: 1.5e-3, size: 128);
return Lesson.Run(args, info, lesson =>
{
    using var backbone = CspDarknetTiny.Pretrained();
    using var data = PictureData.Load(lesson, backbone.Statistics);
    using var features = CachedFeatures.Of(lesson, data, backbone);
    foreach (var stage in new[] { Stage.Both })
    {
        var result = stage.Train(lesson, data, features, CspDarknetTiny.Pretrained());
        lesson.Console.Say($"{result.Seconds:0} s");
    }
});
