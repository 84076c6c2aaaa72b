// Lesson 10. Text: a language model that has read much needs few labels.
using DeepCourse.Lessons;
using Lesson10;

var info = new LessonInfo("Text: what reading is worth", epochs: 1, batchSize: 64, learningRate: 5e-3, size: 70)
{
    Description = "Fine-tunes a language model on film reviews, makes classifiers of it with few labels, and shows how much the reading bought.",
    Data = ["imdb", "mails", "folder"],
    IsFineInNarrow = true,
    Options = [FineTuning.Tokens, FullLesson.Option],
    Commands =
    [
        new("pretrain", "Teaches a language model general English from scratch: --epochs 2 takes about half an hour.", Pretraining.Run) { HasOwnRuns = true },
        new("study", "100, 500 and 2,500 labels with and without reading, and what each of the paper's devices is worth, with three seeds: hours.", LowShotStudy.Run),
        Commands.Predict,
        Commands.Generate,
    ],
};

return Lesson.Run(args, info, lesson => (lesson.Value(FullLesson.Option) ? (Action<LessonContext>)FullLesson.Run : UlmfitLesson.Run)(lesson));
