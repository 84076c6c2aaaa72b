using DeepCourse.Lessons;
using DeepCourse.Optimization;
using DeepCourse.Text.Classification;
using DeepCourse.Text.Transfer;
using DeepCourse.Text.Vectors;
using DeepCourse.Training.Ablation;

namespace Lesson10;

/// <summary><c>study</c>: the paper's figure of few labels and its tables of switches, with three seeds.</summary>
internal static class LowShotStudy
{
    private const int ManyLabels = 2500;

    private static readonly Switch<ClassifierRecipe>[] switches =
    [
        new("100 labels", recipe => recipe with { Labels = 100 }),
        new("100 labels, read nothing", recipe => recipe with { Labels = 100, Reading = Reading.Nothing }) { Against = "100 labels" },
        new("read nothing", recipe => recipe with { Reading = Reading.Nothing }),
        new("2,500 labels", recipe => recipe with { Labels = ManyLabels }),
        new("2,500 labels, read nothing", recipe => recipe with { Labels = ManyLabels, Reading = Reading.Nothing }) { Against = "2,500 labels" },
        new("read general English only", recipe => recipe with { Reading = Reading.English }),
        new("read the reviews only", recipe => recipe with { Reading = Reading.Reviews }),
        new("without word vectors", recipe => recipe with { Vectors = false }),
        new("the head of ULMFiT, gradual unfreezing", recipe => recipe with { Features = TextFeatures.Ulmfit, HiddenSize = 50 }),
        new("a random head, all layers at once", recipe => recipe with { HeadFirst = false }),
        new("each layer slower than the next", recipe => recipe with { RateFactor = 2.6 }),
        new("slanted triangle", recipe => recipe with { Schedule = Schedules.SlantedTriangle() }),
    ];

    internal static void Run(LessonContext lesson)
    {
        var reviews = ReviewSet.Load(lesson);
        lesson.Stage($"The words of {reviews.Title}");
        using var corpus = ReviewCorpus.Build(lesson, reviews);
        var english = UlmfitLesson.General(lesson, corpus);
        var vectors = corpus.Vectors(lesson, english.Options.EmbeddingSize);
        var readers = new Dictionary<string, PretrainedLanguageModel>(StringComparer.Ordinal);
        lesson.Study(
            new Ablation<ClassifierRecipe>("lesson 10", new() { Labels = lesson.Smoke ? 50 : 500 }, switches, [new("accuracy") { Title = "accuracy", Format = "0.0%" }])
            {
                BaseName = "500 labels, all read",
            },
            run =>
            {
                var recipe = run.Recipe with { Seed = run.Seed, Key = run.Key };
                if (lesson.Smoke) recipe = recipe with { Labels = Math.Min(recipe.Labels, 100) };
                var texts = LabeledTexts.Choose(reviews, corpus.Encoder, recipe.Labels, lesson.Smoke ? 100 : LabelResult.Tests, lesson.Seed + run.Seed);
                using var result = Classification.Train(lesson, texts, corpus, Reader(recipe), recipe);
                return new Dictionary<string, double> { ["accuracy"] = Math.Round(result.Accuracy, 4) };
            });

        PretrainedLanguageModel? Reader(ClassifierRecipe recipe)
        {
            if (recipe.Reading == Reading.Nothing) return null;
            var name = $"reader-{recipe.Reading}{(recipe.Vectors ? "" : "-plain")}".ToLowerInvariant();
            if (readers.TryGetValue(name, out var known)) return known;
            var file = lesson.Folder.File($"{name}.safetensors");
            if (!File.Exists(file)) Write(recipe.Reading, recipe.Vectors ? vectors : null, name, file);
            return readers[name] = PretrainedLanguageModel.Load(file);
        }

        void Write(Reading reading, WordVectors? known, string name, string file)
        {
            if (reading == Reading.English)
            {
                using var general = english.Create(corpus.Encoder.Vocabulary, out _, vectors: known);
                PretrainedLanguageModel.Of(general, corpus.Encoder.Vocabulary, corpus.Encoder.Tokenizer.Description).Save(file);
            }
            else
            {
                FineTuning.Run(lesson, corpus, reading == Reading.Reviews ? null : english, known, name).Dispose();
            }
        }
    }
}
