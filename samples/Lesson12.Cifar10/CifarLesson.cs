using DeepCourse.Lessons;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;

namespace Lesson12;

/// <summary>The lesson: one training, looked at from all sides.</summary>
internal static class CifarLesson
{
    private const int SearchSteps = 24;
    private const double LowestRate = 1e-2;

    internal static void Run(LessonContext lesson)
    {
        var recipe = Choices.Recipe(lesson);
        using var data = PictureData.Load(lesson);
        lesson.Stage($"{recipe.Network.Title}, width {recipe.Width}, {recipe.Epochs} epochs of {data.Training.Count:N0} pictures");
        var batches = Math.Max(1, data.Training.Count / recipe.BatchSize);
        var activations = new ActivationStatistics(module => module is Convolution, every: batches);
        var profiler = new Profiler();
        // What is recorded is repeated without those who look into layers.
        Callback[] observers = lesson.Options.Graphs ? [profiler] : [activations, profiler];
        using var result = Training.Train(lesson, data, recipe, observers, learner =>
        {
            // The finder's losses and rates are those of the optimizer: Muon's are not gradient descent's.
            if (learner.History.Searches.Count == 0) learner.FindLearningRate(LowestRate, end: 10, steps: lesson.Smoke ? 8 : SearchSteps);
        });
        var (judgement, work) = (result.Judgement, TrainingWork.Of(result, data));
        lesson.Console.Say($"test accuracy {judgement.Accuracy:0.00%} ({judgement.PlainAccuracy:0.00%} without views), {result.PicturesPerSecond:0} pictures a second");
        lesson.Metric("test_accuracy", judgement.Accuracy);
        lesson.Metric("test_accuracy_plain", judgement.PlainAccuracy);
        lesson.Metric("images_per_second", result.PicturesPerSecond);
        lesson.Metric("training_seconds", result.Seconds);
        lesson.Metric("training_flops_per_image", work.Full.TrainingFlops);
        lesson.Save(result.History);
        DeepCourse.Tensors.Weights.Save(result.Network, lesson.Folder.File("weights.safetensors"));
        if (profiler.Profile is not null) profiler.SaveTrace(lesson.Folder.File("trace.json"));
        CifarReport.Write(lesson, data, result, work, activations, profiler.Profile);
    }
}
