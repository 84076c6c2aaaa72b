using DeepCourse.Lessons;
using DeepCourse.Optimization;
using DeepCourse.Reporting;
using DeepCourse.Text.Classification;
using DeepCourse.Text.Transfer;
using DeepCourse.Text.Vectors;
using DeepCourse.Training.Ablation;

namespace Lesson10;

/// <summary><c>study</c>: the paper's figure of few labels and its tables of switches, with three seeds.</summary>
internal static class LowShotStudy
{
    private const string Accuracy = "accuracy";
    private const string Base = "500 labels, all read";

    // The figure: each way of learning, and what its runs with 100, 500 and 2,500 labels are called.
    private static readonly int[] labelCounts = [100, 500, 2500];
    private static readonly (string Name, string[] Trials)[] curves =
    [
        ("English and reviews read", ["100 labels", Base, "2,500 labels"]),
        ("nothing read", ["100 labels, read nothing", "read nothing", "2,500 labels, read nothing"]),
        ("words counted", ["100 labels, words counted", "words counted", "2,500 labels, words counted"]),
    ];

    private static readonly Switch<ClassifierRecipe>[] switches =
    [
        new("100 labels", recipe => recipe with { Labels = 100 }),
        new("100 labels, read nothing", recipe => recipe with { Labels = 100, Reading = Reading.Nothing }) { Against = "100 labels" },
        new("100 labels, words counted", recipe => recipe with { Labels = 100, Counts = true }) { Against = "100 labels" },
        new("read nothing", recipe => recipe with { Reading = Reading.Nothing }),
        new("words counted", recipe => recipe with { Counts = true }),
        new("2,500 labels", recipe => recipe with { Labels = 2500 }),
        new("2,500 labels, read nothing", recipe => recipe with { Labels = 2500, Reading = Reading.Nothing }) { Against = "2,500 labels" },
        new("2,500 labels, words counted", recipe => recipe with { Labels = 2500, Counts = true }) { Against = "2,500 labels" },
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
        var vectors = new Lazy<WordVectors?>(() => corpus.Vectors(lesson, english.Options.EmbeddingSize));
        var readers = new Dictionary<string, PretrainedLanguageModel>(StringComparer.Ordinal);
        var results = lesson.Study(
            new Ablation<ClassifierRecipe>("lesson 10", new() { Labels = lesson.Smoke ? 50 : 500 }, switches, [new(Accuracy) { Title = "accuracy", Format = "0.0%" }])
            {
                BaseName = Base,
                Settings = new Dictionary<string, string> { ["tokens"] = $"{lesson.Value(FineTuning.Tokens):0.###}" },
            },
            run =>
            {
                var recipe = run.Recipe with { Seed = run.Seed, Key = run.Key };
                if (lesson.Smoke) recipe = recipe with { Labels = Math.Min(recipe.Labels, 100) };
                var texts = LabeledTexts.Choose(reviews, corpus.Encoder, recipe.Labels, lesson.Smoke ? 100 : LabelResult.Tests, lesson.Seed + run.Seed);
                return new Dictionary<string, double> { [Accuracy] = Math.Round(recipe.Counts ? texts.BaselineAccuracy(texts.FitBaseline()) : Trained(texts, recipe), 4) };
            });
        lesson.Report.Figure(FewLabels(results));

        double Trained(LabeledTexts texts, ClassifierRecipe recipe)
        {
            using var result = Classification.Train(lesson, texts, corpus, Reader(recipe), recipe);
            return result.Accuracy;
        }

        PretrainedLanguageModel? Reader(ClassifierRecipe recipe)
        {
            if (recipe.Reading == Reading.Nothing) return null;
            var name = $"reader-{recipe.Reading}{(recipe.Vectors ? "" : "-plain")}".ToLowerInvariant();
            if (readers.TryGetValue(name, out var known)) return known;
            var file = lesson.Folder.File($"{name}.safetensors");
            if (!File.Exists(file)) Write(recipe.Reading, recipe.Vectors ? vectors.Value : null, name, file);
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

    // Figure 3 of the paper: a curve for each way of learning.
    private static LineChart FewLabels(AblationResults results) => new(
        "Accuracy by number of labels",
        [.. curves.Select(curve => new Series(curve.Name, [.. labelCounts.Select(count => (double)count)], [.. curve.Trials.Select(trial => results.Of(trial, Accuracy).Mean)]) { Dots = true })])
    {
        XLabel = "labels",
        YLabel = "accuracy",
        LogX = true,
        Caption = "Means over seeds.",
    };
}
