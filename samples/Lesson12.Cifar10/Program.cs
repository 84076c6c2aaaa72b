// Lesson 12, first half. CIFAR-10: ten kinds of small pictures, as well and as fast as the machine lets them be told apart.
using DeepCourse.Lessons;
using Lesson12;

var info = new LessonInfo("CIFAR-10: where every millisecond goes", epochs: 8, batchSize: 2000, learningRate: 0.24, size: 32)
{
    Description = "Trains a network of the CIFAR-10 speed records at the size of this machine, or one of the course's networks, and shows what each trick is worth.",
    Data = ["cifar10", "fashion"],
    SmokeEpochs = 2,
    IsFineInNarrow = true,
    Options = Choices.All,
    Chosen = Choices.Defaults,
    Commands = [new("study", "What each trick is worth: a short recipe, one thing changed at a time, three seeds; hours.", Study.Run)],
};

return Lesson.Run(args, info, lesson => (lesson.Value(Choices.Speedrun) ? (Action<LessonContext>)Speedrun.Run : CifarLesson.Run)(lesson));
