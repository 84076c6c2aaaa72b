using DeepCourse.Data;
using DeepCourse.Lessons;
using DeepCourse.Losses;
using DeepCourse.Optimization;
using DeepCourse.Training;

namespace DeepCourse.Tests.Lessons;

/// <summary>A lesson that several processes run together: this assembly, started as a program. It finds the slope of
/// y = 3x.</summary>
public static class SharedLine
{
    private static readonly LessonOption<string> Mishap = LessonOption.Choice("--mishap", "What happens to process 1", "none", "none", "throw", "die");

    public static int Main(string[] arguments)
    {
        var info = new LessonInfo("Line", epochs: 4, batchSize: 4, learningRate: 0.1, name: "line") { Options = [Mishap] };
        return Lesson.Run(arguments, info, Train);
    }

    private static void Train(LessonContext lesson)
    {
        var x = rand(16, 1);
        var targets = 3 * x;
        var options = lesson.Loading with { Sampler = Sampler.Shuffled };
        var loader = new TensorLoader<Tensor, Tensor>(x, targets, 16, options);
        var data = new Loaders<Tensor, Tensor>(loader, loader);
        using var model = Linear(1, 1);
        using var learner = Learner.Create(
            data, model, Loss.MeanSquaredError, Optimizers.Sgd(0.1), [.. lesson.CallbacksFor("line"), new MishapAfter(lesson, steps: 9)]);
        lesson.Resume(learner, "line");
        learner.Fit(lesson.Epochs);
        lesson.Save(learner.History);
        lesson.Metric("slope", model.parameters().First().item<float>());
        lesson.Metric("loss", learner.History.Epochs[^1].ValidationLoss);
    }

    private sealed class MishapAfter(LessonContext lesson, int steps) : Callback
    {
        private int _left = steps;

        protected override void AfterStep(Run run)
        {
            if (--_left > 0 || lesson.Processes is not { Rank: 1 }) return;
            if (lesson.Value(Mishap) == "throw") throw new InvalidOperationException("the power went");
            if (lesson.Value(Mishap) == "die") System.Diagnostics.Process.GetCurrentProcess().Kill();
        }
    }
}
