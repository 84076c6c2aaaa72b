using DeepCourse.Data;
using DeepCourse.Lessons;
using DeepCourse.Losses;
using DeepCourse.Metrics;
using DeepCourse.Optimization;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;
using DeepCourse.Vision.Backbones;
using DeepCourse.Vision.Detection;
using static DeepCourse.Metrics.MeanOf;

namespace Lesson08.LargestObject;

/// <summary>One of the lesson's three stages: which question is asked, with what weights on the two losses, and for how long.</summary>
/// <param name="Length">How often the whole model trains for the lesson's number of epochs.</param>
internal sealed record Stage(string Key, string Title, string Lead, double WhatWeight, double WhereWeight, int Length = 1)
{
    internal static Stage What { get; } = new(
        "what", "What is the largest object?", "The class alone: cross-entropy with label smoothing.", 1, 0);

    internal static Stage Where { get; } = new(
        "where", "Where is it?", "The box alone: its edges (L1) and its overlap (generalized IoU).", 0, 1);

    // One joint model is asked to be better than two single ones, so it may train as long as the two together.
    internal static Stage Both { get; } = new(
        "both", "Both in one model", "The same head, the same body, the sum of the two losses, and the epochs of both single models together.", 1, 1, Length: 2);

    /// <summary>Epochs of the head alone, over features that were computed once.</summary>
    private const int FrozenEpochs = 4;

    private const double HeadRate = 3e-3;
    private const double WeightDecay = 0.05;

    internal bool AsksWhat => WhatWeight > 0;

    internal bool AsksWhere => WhereWeight > 0;

    /// <summary>How wrong an answer is in what this stage asks.</summary>
    internal double LossOf(Verdict verdict) => (AsksWhat ? verdict.ClassLoss : 0) + (AsksWhere ? 1 - verdict.IoU : 0);

    /// <summary>Freezes the body, finds a rate, trains the head, then trains everything at discriminative rates.</summary>
    internal StageResult Train(LessonContext lesson, PictureData data, CachedFeatures features, Backbone backbone)
    {
        lesson.Stage(Title);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        using var model = new LargestObjectModel(backbone, data.Classes.Count).to(lesson.Device);
        using var headLearner = Learner.Create(features.Loaders, model.Head, Loss().Of, Optimizers.AdamW(HeadRate, WeightDecay), Callbacks(lesson, "head"));
        lesson.Resume(headLearner, $"{Key}-head");
        if (headLearner.History.Searches.Count == 0) headLearner.FindLearningRate(steps: lesson.Smoke ? 10 : 60);
        headLearner.FitOneCycle(lesson.Smoke ? 1 : FrozenEpochs, HeadRate, cancellation: lesson.Cancellation);
        lesson.Cancellation.ThrowIfCancellationRequested();

        using var learner = Learner.Create(data.Loaders, model, Loss().Of, Optimizers.AdamW(lesson.LearningRate, WeightDecay), Callbacks(lesson, "all"));
        lesson.Resume(learner, $"{Key}-all");
        learner.FitOneCycle(Length * lesson.Epochs, LearningRates.Between(lesson.LearningRate / 8, lesson.LearningRate), cancellation: lesson.Cancellation);
        lesson.Cancellation.ThrowIfCancellationRequested();

        learner.Save(lesson.Folder.File($"{Key}.safetensors"));
        lesson.Save(learner.History, Key);
        var halves = data.Halves.Select(half => Judgement.Of(half, learner)).ToArray();
        foreach (var half in halves) lesson.Console.Say($"{half.Half.Name,-7} class {half.ClassAccuracy:0.000}   IoU {half.MeanIoU:0.000}");
        return new(this, headLearner.History, learner.History, halves, watch.Elapsed.TotalSeconds);
    }

    private SummedLoss<Answer, Targets> Loss()
    {
        var crossEntropy = DeepCourse.Losses.Loss.CrossEntropy(labelSmoothing: 0.1);
        LossPart<Answer, Targets>[] parts =
        [
            new("class", (answer, targets) => crossEntropy(answer.Scores, targets.Classes), WhatWeight),
            new("edges", (answer, targets) => (answer.Boxes - targets.Boxes).abs().sum(1).mean(), WhereWeight),
            new("overlap", (answer, targets) => 1 - BoxMath.GeneralizedIoU(answer.Boxes, targets.Boxes).mean(), WhereWeight),
        ];
        return DeepCourse.Losses.Loss.Sum<Answer, Targets>([.. parts.Where(part => part.Weight > 0)]);
    }

    private Callback[] Callbacks(LessonContext lesson, string part)
    {
        Metric[] metrics =
        [
            .. AsksWhat ? [Items<Answer, Targets>("class accuracy", (answer, targets) => answer.Scores.argmax(1).eq(targets.Classes))] : Array.Empty<Metric>(),
            .. AsksWhere ? [Items<Answer, Targets>("mean IoU", (answer, targets) => BoxMath.PairedIoU(answer.Boxes, targets.Boxes))] : Array.Empty<Metric>(),
        ];
        return [.. lesson.CallbacksFor($"{Key}-{part}"), new MetricsRecorder(metrics), new StopOnNaN()];
    }
}

/// <summary>What came out of a stage.</summary>
internal sealed record StageResult(Stage Stage, History Head, History All, IReadOnlyList<Judgement> Halves, double Seconds);
