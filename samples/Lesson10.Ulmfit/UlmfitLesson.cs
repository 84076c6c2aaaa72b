using DeepCourse.Lessons;
using DeepCourse.Text.Classification;
using DeepCourse.Text.Models;
using DeepCourse.Text.Transfer;

namespace Lesson10;

/// <summary>The lesson: reading, then few labels, with and without what was read.</summary>
internal static class UlmfitLesson
{
    private static readonly int[] labelCounts = [100, 500];

    internal static void Run(LessonContext lesson)
    {
        var reviews = ReviewSet.Load(lesson);
        lesson.Stage($"The words of {reviews.Title}");
        using var corpus = ReviewCorpus.Build(lesson, reviews);
        var english = General(lesson, corpus);

        lesson.Stage("Reading without labels");
        var vectors = corpus.Vectors(lesson, english.Options.EmbeddingSize);
        using var reader = FineTuning.Run(lesson, corpus, english, vectors);
        var results = new List<LabelResult>();
        try
        {
            foreach (var count in labelCounts) results.Add(Learn(lesson, reviews, corpus, reader, lesson.Smoke ? count / 5 : count));
            foreach (var result in results) result.Metrics(lesson);
            lesson.Metric("lm_perplexity", reader.Result.Perplexity);
            lesson.Metric("lm_tokens_per_second", reader.Result.Tokens / reader.Result.Seconds);
            lesson.Save(reader.Result.History);
            results[^1].Pretrained.Predictor.Save(lesson.Folder.File("classifier.safetensors"));
            UlmfitReport.Write(lesson, reviews, corpus, english, vectors, reader, results);
        }
        finally
        {
            foreach (var result in results) result.Dispose();
        }
    }

    /// <summary>The model that knows general English: the user's, or the library's.</summary>
    internal static PretrainedLanguageModel General(LessonContext lesson, ReviewCorpus corpus)
    {
        if (lesson.Options.Weights is { } file) return PretrainedLanguageModel.Load(file);
        if (!lesson.Smoke) return LanguageModels.English;
        var vocabulary = corpus.Encoder.Vocabulary;
        return PretrainedLanguageModel.Of(new LanguageModel(Pretraining.Sizes(vocabulary.Count, smoke: true)), vocabulary);
    }

    private static LabelResult Learn(LessonContext lesson, ReviewSet reviews, ReviewCorpus corpus, ReviewReader reader, int labels)
    {
        lesson.Stage($"{labels} labels");
        var texts = LabeledTexts.Choose(reviews, corpus.Encoder, labels, lesson.Smoke ? 100 : LabelResult.Tests, lesson.Seed);
        var baseline = texts.FitBaseline();
        var accuracy = texts.BaselineAccuracy(baseline);
        lesson.Console.Say($"{labels} labels, words and pairs of words counted: accuracy {accuracy:0.000}");
        var recipe = new ClassifierRecipe { Labels = labels };
        var scratch = Classification.Train(lesson, texts, corpus, null, recipe with { Reading = Reading.Nothing, Key = $"scratch-{labels}" });
        var topics = Classification.Train(lesson, texts, corpus, reader.Model, recipe with { Features = TextFeatures.Topics, Key = $"topics-{labels}" });
        var pretrained = Classification.Train(lesson, texts, corpus, reader.Model, recipe with { Key = $"pretrained-{labels}" });
        return new(labels, texts, baseline, accuracy, scratch, topics, pretrained);
    }
}
