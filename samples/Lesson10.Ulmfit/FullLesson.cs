using DeepCourse.Lessons;
using DeepCourse.Optimization;
using DeepCourse.Reporting;
using DeepCourse.Text.Models;
using DeepCourse.Text.Transfer;
using DeepCourse.Training;

namespace Lesson10;

/// <summary><c>--full</c>: the course's recipe on all reviews and all labels, forward and backward; for a GPU, in some
/// hours.</summary>
internal static class FullLesson
{
    private const int FullVocabulary = 60_000;
    private const double Rate = 0.02;
    private const int ReadingEpochs = 10;

    internal static LessonOption<bool> Option { get; } = LessonOption.Of(
        "--full", "All reviews and labels, 400 and 1,152 units, both directions; start from WikiText-103 with --weights lstm_fwd.safetensors", false);

    internal static void Run(LessonContext lesson)
    {
        var reviews = ReviewSet.Load(lesson);
        lesson.Stage($"The words of {reviews.Title}");
        using var corpus = ReviewCorpus.Build(lesson, reviews, FullVocabulary);
        var texts = LabeledTexts.Choose(reviews, corpus.Encoder, reviews.Training.Count, reviews.Test.Count, lesson.Seed);
        using var forward = Direction(lesson, corpus, texts, backwards: false);
        using var backward = Direction(lesson, corpus, texts, backwards: true);
        var together = forward.Probabilities.Zip(backward.Probabilities, (one, other) => one.Zip(other, (a, b) => (a + b) / 2).ToArray()).ToArray();
        var ensemble = forward with { Probabilities = together };
        lesson.Metric("accuracy_forward", forward.Accuracy);
        lesson.Metric("accuracy_backward", backward.Accuracy);
        lesson.Metric("accuracy", ensemble.Accuracy);
        forward.Predictor.Save(lesson.Folder.File("classifier.safetensors"));
        backward.Predictor.Save(lesson.Folder.File("classifier-backward.safetensors"));
        lesson.Save(forward.History);
        Report(lesson, reviews, forward, backward, ensemble);
    }

    private static ClassifierResult Direction(LessonContext lesson, ReviewCorpus corpus, LabeledTexts texts, bool backwards)
    {
        var name = backwards ? "backward" : "forward";
        lesson.Stage($"Reading {name}");
        random.manual_seed(lesson.Seed);
        var vocabulary = corpus.Encoder.Vocabulary;
        // Weights of one direction are no start for the other.
        var general = lesson.Options.Weights is { } file && PretrainedLanguageModel.Load(file) is var given && given.IsBackward == backwards ? given : null;
        var dropouts = AwdDropouts.LanguageModel.Scaled(0.7);
        using var model = (general?.Create(vocabulary, out _, dropouts) ?? new LanguageModel(Sizes(vocabulary.Count, lesson.Smoke) with { Dropouts = dropouts })).to(lesson.Device);
        // One pass, the lesson's own default, stands for nothing asked for.
        var epochs = lesson.Smoke || lesson.Epochs != lesson.Info.Epochs ? lesson.Epochs : ReadingEpochs;
        var reading = LanguageModeling.Train(
            lesson, $"reading-{name}", model, corpus.Reading, corpus.Training, corpus.Validation,
            learner => learner.FitOneCycle(epochs, LearningRates.ByFactor(lesson.LearningRate, general is null ? 1 : 1.5), cancellation: lesson.Cancellation), backwards);
        lesson.Metric($"lm_perplexity_{name}", reading.Perplexity);
        var reader = PretrainedLanguageModel.Of(model, vocabulary, corpus.Encoder.Tokenizer.Description, backwards);
        reader.Save(lesson.Folder.File($"language-model-{name}.safetensors"));
        lesson.Stage($"Judging {name}");
        var plan = UnfreezingStage.OfCourse(Rate, epochs: lesson.Smoke ? 1 : 4);
        return Classification.Train(lesson, texts, corpus, reader, ClassifierRecipe.Ulmfit with { Labels = texts.Few.Count, Key = name, Plan = plan, BatchSize = lesson.BatchSize, Backwards = backwards });
    }

    private static AwdLstmOptions Sizes(int vocabulary, bool smoke) => smoke ? Pretraining.Sizes(vocabulary, smoke) : new(vocabulary);

    private static void Report(LessonContext lesson, ReviewSet reviews, ClassifierResult forward, ClassifierResult backward, ClassifierResult ensemble)
    {
        var report = lesson.Report;
        if (lesson.Smoke) report.Title += " (synthetic data)";
        report.Summary = $"All of {reviews.Title}: two language models, one reading from the front and one from the end, and the mean of their verdicts.";
        double? One(double bar) => reviews.IsReviews ? bar : null;
        report.Metric(new MetricCard("forward", forward.Accuracy, One(0.948)) { Format = "0.00%", Note = "the course: 94.8 %" });
        report.Metric(new MetricCard("backward", backward.Accuracy) { Format = "0.00%" });
        report.Metric(new MetricCard("both", ensemble.Accuracy, One(0.954)) { Format = "0.00%", Note = "the paper: 95.4 %" });
        report.Columns(forward.History.LossChart("Forward"), backward.History.LossChart("Backward"));
    }
}
