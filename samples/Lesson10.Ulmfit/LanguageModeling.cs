using DeepCourse.Data;
using DeepCourse.Lessons;
using DeepCourse.Optimization;
using DeepCourse.Text.Corpora;
using DeepCourse.Text.Loading;
using DeepCourse.Text.Losses;
using DeepCourse.Text.Models;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;

namespace Lesson10;

/// <summary>What a language model became.</summary>
/// <param name="History">How it learned.</param>
/// <param name="Perplexity">On texts that it didn't learn from.</param>
/// <param name="Tokens">Tokens that it learned from, those of repeated passes counted again.</param>
/// <param name="Seconds">How long that took.</param>
internal sealed record LanguageModelResult(History History, double Perplexity, long Tokens, double Seconds);

/// <summary>Trains language models: predict the next word.</summary>
internal static class LanguageModeling
{
    /// <summary>Slower weights vary less; for the classifier to come their mean is what counts.</summary>
    private const double MeanOfWeights = 0.98;

    /// <summary>Trains a model on some documents and measures it on others.</summary>
    /// <param name="lesson">Gives batch size, steps, precision.</param>
    /// <param name="stage">Name for checkpoints and histories.</param>
    /// <param name="model">On the lesson's device.</param>
    /// <param name="texts">The corpus.</param>
    /// <param name="training">Documents to learn from.</param>
    /// <param name="validation">Documents to judge by.</param>
    /// <param name="fit">The schedule: gets the learner.</param>
    /// <param name="backwards">Whether texts are read from their end.</param>
    internal static LanguageModelResult Train(
        LessonContext lesson, string stage, LanguageModel model, IEncodedDocuments texts,
        IReadOnlyList<int> training, IReadOnlyList<int> validation, Func<Learner, Run> fit, bool backwards = false)
    {
        var options = new LanguageModelLoaderOptions { BatchSize = lesson.BatchSize, Steps = lesson.Size, Seed = lesson.Seed, Backwards = backwards, Device = lesson.Device };
        if (lesson.Smoke) options = options with { BatchSize = 4, Steps = 16 };
        var train = new LanguageModelLoader(texts, options with { Documents = training, Shuffle = true, DropLast = true });
        using var data = new Loaders<Tensor, Tensor>(train, new LanguageModelLoader(texts, options with { Documents = validation }));
        var perplexity = new Perplexity();
        using var learner = Learner.Create(
            data, model, new LanguageModelLoss(activationWeight: 2, slownessWeight: 1).Of, Optimizers.Adam(lesson.LearningRate, momentum: 0.8),
            [
                .. lesson.CallbacksFor(stage), new ResetStateBetweenEpochs(), new MetricsRecorder(perplexity), new StopOnNaN(),
                GradientClipping.ByNorm(0.4), new ExponentialMovingAverage(MeanOfWeights),
            ]);
        lesson.Resume(learner, stage);
        var run = fit(learner);
        lesson.Cancellation.ThrowIfCancellationRequested();
        lesson.Save(learner.History, stage);
        // By the history, so that a run that was resumed counts what it did before.
        var seconds = learner.History.Epochs.Sum(epoch => epoch.Seconds);
        return new(learner.History, learner.History.Values("perplexity")[^1], (long)train.ItemCount * run.EpochCount, seconds);
    }

    /// <summary>Divides documents: every so manieth is for validation.</summary>
    internal static (int[] Training, int[] Validation) Divide(IEncodedDocuments texts, int every)
    {
        var all = Enumerable.Range(0, texts.DocumentCount);
        return ([.. all.Where(document => document % every != 0)], [.. all.Where(document => document % every == 0)]);
    }

    /// <summary>Takes documents at random until they have so many tokens.</summary>
    internal static int[] Take(IEncodedDocuments texts, IReadOnlyList<int> documents, long tokens, Random random)
    {
        int[] order = [.. documents];
        random.Shuffle(order);
        var taken = 0;
        for (long sum = 0; taken < order.Length && sum < tokens; taken++) sum += texts.LengthOf(order[taken]);
        return order[..taken];
    }
}
