using System.Diagnostics;
using DeepCourse.Layers;
using DeepCourse.Lessons;
using DeepCourse.Losses;
using DeepCourse.Metrics;
using DeepCourse.Tensors;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;
using DeepCourse.Vision.Classification;
using DeepCourse.Vision.Datasets;

namespace Lesson12;

/// <summary>Trains by a recipe and judges by the test pictures.</summary>
internal static class Training
{
    private const int WhiteningPictures = 5000;

    /// <summary>Trains a network.</summary>
    /// <param name="lesson">The lesson.</param>
    /// <param name="data">What to learn from and to judge by.</param>
    /// <param name="recipe">How.</param>
    /// <param name="observers">Callbacks that look on, beside the host's.</param>
    /// <param name="begin">Called before the first fit: a search for a rate.</param>
    internal static TrainingResult Train(
        LessonContext lesson, PictureData data, Recipe recipe, IReadOnlyList<Callback>? observers = null, Action<Learner>? begin = null)
    {
        var seed = lesson.Seed + recipe.Seed;
        random.manual_seed(seed);
        var preparation = Stopwatch.StartNew();
        using var loaders = data.Loaders(recipe, seed);
        var network = Make(lesson, data, recipe);
        var accuracy = new Accuracy();
        using var learner = Learner.Create(
            loaders, network, Loss.CrossEntropy(recipe.Smoothing), recipe.MakeOptimizer(),
            [.. (recipe.Validates ? lesson.CallbacksFor(recipe.Key) : lesson.Callbacks), .. recipe.Tricks(network, data.Classes.Count, seed), .. observers ?? [], accuracy, new StopOnNaN()]);
        lesson.Resume(learner, recipe.Key);
        preparation.Stop();
        begin?.Invoke(learner);
        // What a run that was continued has done before counts too.
        var earlier = learner.History.Epochs.Sum(epoch => epoch.Seconds);
        var watch = Stopwatch.StartNew();
        var fit = learner.Fit(recipe.Epochs, rates: null, [recipe.MakeSchedule()], lesson.Cancellation);
        lesson.Cancellation.ThrowIfCancellationRequested();
        Wait(network);
        var seconds = preparation.Elapsed.TotalSeconds + earlier + watch.Elapsed.TotalSeconds;
        if (fit.StopReason is { } reason)
        {
            network.Dispose();
            throw new InvalidOperationException($"the training ended before its {recipe.Epochs} epochs: {reason}. A lower --learning-rate may help");
        }
        var judgement = Judge(lesson, data, recipe, network);
        return new(recipe, network, learner.History, judgement, loaders.Train.ItemCount * lesson.Shard.WorldSize, seconds);
    }

    private static Module<Tensor, Tensor> Make(LessonContext lesson, PictureData data, Recipe recipe)
    {
        var network = recipe.Network.Make(new(data.Classes.Count, data.Training.Channels, recipe.Width, recipe.Whitens)).to(lesson.Device);
        if (lesson.Options.Weights is { } file)
        {
            Weights.Load(network, file);
        }
        else if (network is SpeedNet { Whitening: { } whitening })
        {
            using var scope = NewDisposeScope();
            whitening.Learn(data.Sample(Math.Min(WhiteningPictures, data.Training.Count), recipe.Size));
        }
        return GpuConvolutions.Prepare(network);
    }

    private static Judgement Judge(LessonContext lesson, PictureData data, Recipe recipe, Module<Tensor, Tensor> network)
    {
        var watch = Stopwatch.StartNew();
        using var scope = NewDisposeScope();
        using var test = data.TestLoader(recipe.Size);
        using var loaders = new DeepCourse.Data.Loaders<Tensor, Tensor>(test, test);
        using var plain = new OutputCollector();
        using var averaged = new OutputCollector();
        // A learner that never learns: its validation computes in the same precision as training did.
        using var judge = Learner.Create(
            loaders, network, Loss.CrossEntropy, recipe.MakeOptimizer(),
            [.. lesson.Callbacks, plain, new TestTimeViews(network, recipe.ViewList), averaged]);
        judge.Validate(lesson.Cancellation);
        lesson.Cancellation.ThrowIfCancellationRequested();
        return Judgement.Of(data.Classes, data.Test.Labels.cpu(), plain.Outputs(), averaged.Outputs(), watch.Elapsed.TotalSeconds);
    }

    // What a GPU still has to do belongs to the training's time.
    private static void Wait(Module network)
    {
        using var scope = NewDisposeScope();
        network.parameters().First().detach().view(-1)[0].ReadNumber();
    }
}
