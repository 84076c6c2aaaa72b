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
    private const string FineTuned = "all layers learn";
    private const int BaseLabels = 500;
    private const TextFeatures WithoutTopics = TextFeatures.Mean | TextFeatures.Words;

    // The figure: each way of learning with each number of labels.
    private static readonly int[] labelCounts = [100, BaseLabels, 2500];
    private static readonly (string Name, string Short, Func<ClassifierRecipe, ClassifierRecipe> Change)[] ways =
    [
        ("all read", "", recipe => recipe),
        ("topics alone", "topics alone", recipe => recipe with { Features = TextFeatures.Topics }),
        ("all read but topics", "no topics, all layers learn", recipe => recipe with { Features = WithoutTopics, FineTunes = true }),
        ("nothing read", "read nothing", recipe => recipe with { Reading = Reading.Nothing }),
        ("words counted", "words counted", recipe => recipe with { Counts = true }),
    ];

    private static readonly Switch<ClassifierRecipe>[] switches =
    [
        .. labelCounts.SelectMany(labels => ways
            .Select(way => (Way: way, Trial: TrialOf(way.Short, labels)))
            .Where(pair => pair.Trial != Base)
            .Select(pair => new Switch<ClassifierRecipe>(pair.Trial, recipe => pair.Way.Change(labels == BaseLabels ? recipe : recipe with { Labels = labels }))
            {
                Against = pair.Way.Short.Length == 0 || labels == BaseLabels ? null : TrialOf("", labels),
            })),
        new("no topics", recipe => recipe with { Features = WithoutTopics }),
        new("words beside topics", recipe => recipe with { Features = recipe.Features | TextFeatures.Words }),
        new("the model reads English only", recipe => recipe with { Reading = Reading.English }),
        new("the model reads reviews only", recipe => recipe with { Reading = Reading.Reviews }),
        new("without word vectors", recipe => recipe with { Vectors = false }),
        new("English alone: no topics, no vectors", recipe => recipe with { Reading = Reading.English, Features = WithoutTopics, Vectors = false, FineTunes = true }),
        new("the head of ULMFiT, gradual unfreezing", recipe => recipe with { Features = TextFeatures.Ulmfit, HiddenSize = 50 }),
        new(FineTuned, recipe => recipe with { FineTunes = true }),
        new("from a random head", recipe => recipe with { HeadFirst = false }) { Against = FineTuned },
        new("each layer slower than the next", recipe => recipe with { RateFactor = 2.6 }) { Against = FineTuned },
        new("slanted triangle", recipe => recipe with { Schedule = Schedules.SlantedTriangle() }) { Against = FineTuned },
    ];

    // What the way of learning with a number of labels is called.
    private static string TrialOf(string way, int labels) => (way, labels) switch
    {
        ("", BaseLabels) => Base,
        ("", _) => $"{labels:N0} labels",
        (_, BaseLabels) => way,
        _ => $"{labels:N0} labels, {way}",
    };

    internal static void Run(LessonContext lesson)
    {
        var reviews = ReviewSet.Load(lesson);
        lesson.Stage($"The words of {reviews.Title}");
        using var corpus = ReviewCorpus.Build(lesson, reviews);
        var english = UlmfitLesson.General(lesson, corpus);
        var vectors = new Lazy<WordVectors?>(() => corpus.Vectors(lesson, english.Options.EmbeddingSize));
        var readers = new Dictionary<string, PretrainedLanguageModel>(StringComparer.Ordinal);
        var results = lesson.Study(
            new Ablation<ClassifierRecipe>("lesson 10", new() { Labels = lesson.Smoke ? 50 : BaseLabels }, switches, [new(Accuracy) { Title = "accuracy", Format = "0.0%" }])
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
        [.. ways.Select(way => new Series(way.Name, [.. labelCounts.Select(count => (double)count)], [.. labelCounts.Select(count => results.Of(TrialOf(way.Short, count), Accuracy).Mean)]) { Dots = true })])
    {
        XLabel = "labels",
        YLabel = "accuracy",
        LogX = true,
        Caption = "Means over seeds.",
    };
}
