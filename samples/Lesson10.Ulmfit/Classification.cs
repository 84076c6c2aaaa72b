using DeepCourse.Data;
using DeepCourse.Lessons;
using DeepCourse.Losses;
using DeepCourse.Optimization;
using DeepCourse.Text;
using DeepCourse.Text.Classification;
using DeepCourse.Text.Corpora;
using DeepCourse.Text.Loading;
using DeepCourse.Text.Models;
using DeepCourse.Text.Transfer;
using DeepCourse.Training;
using DeepCourse.Training.Callbacks;

namespace Lesson10;

/// <summary>Makes classifiers of language models.</summary>
internal static class Classification
{
    private const int TestTokens = 32_768;
    private const double Rate = 5e-3;

    /// <summary>Trains a classifier with few labels and tests it.</summary>
    /// <param name="lesson">The lesson.</param>
    /// <param name="texts">What to learn from and to test on.</param>
    /// <param name="corpus">Cuts and numbers texts, and knows how frequent words are.</param>
    /// <param name="language">What the encoder starts from; null for random weights.</param>
    /// <param name="recipe">How to train.</param>
    internal static ClassifierResult Train(LessonContext lesson, LabeledTexts texts, ReviewCorpus corpus, PretrainedLanguageModel? language, ClassifierRecipe recipe)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        random.manual_seed(lesson.Seed + recipe.Seed);
        var model = Create(lesson, texts, corpus, language, recipe);
        if (recipe.FitsHead)
        {
            InPrecision(lesson, model, () => model.FitHead(
                new TextLoader(texts.Training, new() { TokenBudget = TestTokens, Backwards = recipe.Backwards, Device = lesson.Device }),
                cancellation: lesson.Cancellation));
        }
        var train = new TextLoader(texts.Training, new() { BatchSize = recipe.BatchSize, Backwards = recipe.Backwards, Order = TextOrder.Random, Seed = lesson.Seed + recipe.Seed, Device = lesson.Device });
        // Few labels are too few to spare some for validation.
        using var data = new Loaders<TextBatch, Tensor>(train, new NoBatches<TextBatch, Tensor>());
        using var learner = Learner.Create(
            data, model, Loss.CrossEntropy, Optimizers.Adam(Rate, momentum: 0.7),
            [.. lesson.CallbacksFor(recipe.Key), new StopOnNaN(), GradientClipping.ByNorm(0.25)]);
        lesson.Resume(learner, recipe.Key);
        var stages = recipe.Stages(Rate);
        if (stages.Count > 0) learner.FineTuneGradually(stages, recipe.Schedule, cancellation: lesson.Cancellation);
        lesson.Cancellation.ThrowIfCancellationRequested();
        if (stages.Count > 0) lesson.Save(learner.History, recipe.Key);
        var probabilities = Test(lesson, learner, texts, recipe);
        var labels = texts.TestLabels.ToArray();
        var result = new ClassifierResult(recipe, new TextPredictor(model, corpus.Encoder, texts.Classes), probabilities, labels, learner.History, watch.Elapsed.TotalSeconds);
        lesson.Console.Say($"{recipe.Labels} labels, {recipe.InWords}: accuracy {result.Accuracy:0.000}, {result.Seconds:0} s");
        return result;
    }

    private static void InPrecision(LessonContext lesson, Module model, Action compute)
    {
        using var narrow = lesson.Callbacks.OfType<MixedPrecision>().FirstOrDefault()?.Begin(model);
        compute();
    }

    private static double[][] Test(LessonContext lesson, Learner<TextBatch, Tensor, Tensor> learner, LabeledTexts texts, ClassifierRecipe recipe)
    {
        var loader = new TextLoader(texts.Tested, new() { TokenBudget = TestTokens, Backwards = recipe.Backwards, Device = lesson.Device });
        var order = loader.DocumentsOf();
        var (probabilities, at) = (new double[order.Count][], 0);
        InPrecision(lesson, learner.Model, () => learner.Predict(loader, (_, output) =>
        {
            var batch = functional.softmax(output.to(float64), 1).to(CPU);
            for (var row = 0; row < batch.size(0); row++) probabilities[order[at++]] = batch[row].data<double>().ToArray();
        }));
        return probabilities;
    }

    private static TextClassifier Create(LessonContext lesson, LabeledTexts texts, ReviewCorpus corpus, PretrainedLanguageModel? language, ClassifierRecipe recipe)
    {
        var (dropouts, classes) = (AwdDropouts.Classifier.Scaled(recipe.Dropout) with { Output = recipe.FeatureDropout }, texts.Classes.Count);
        var words = corpus.Encoder.Vocabulary.Count;
        // Who has read nothing knows of no texts but those with labels, and has no topics.
        var looks = recipe.Features.HasFlag(TextFeatures.Topics);
        var topics = looks && language is not null ? corpus.Topics(lesson) : null;
        var features = looks && topics is null ? (recipe.Features & ~TextFeatures.Topics) | TextFeatures.Words : recipe.Features;
        TextClassifierOptions Customize(TextClassifierOptions options) => options with
        {
            Features = features,
            TopicCount = topics?.Size ?? options.TopicCount,
            HiddenSize = recipe.HiddenSize,
        };
        var model = language?.CreateClassifier(classes, dropouts, Customize)
            ?? new TextClassifier(Customize(new(Pretraining.Sizes(words, lesson.Smoke) with { Dropouts = dropouts }, classes)));
        if (topics is not null) model.UseTopics(topics);
        if (features.HasFlag(TextFeatures.Words)) model.WeighWords(language is null ? texts.Training.CountTokens(words) : corpus.WordCounts);
        return model.to(lesson.Device);
    }
}
