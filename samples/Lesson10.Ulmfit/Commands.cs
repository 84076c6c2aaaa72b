using DeepCourse.Lessons;
using DeepCourse.Reporting;
using DeepCourse.Text;
using DeepCourse.Text.Classification;
using DeepCourse.Text.Generation;
using DeepCourse.Text.Tokenization;
using DeepCourse.Text.Transfer;

namespace Lesson10;

/// <summary>What a user does with the weights of a run.</summary>
internal static class Commands
{
    private static LessonOption<string> Text { get; } = LessonOption.Required("--text", "A text to judge, or the beginning of one", "TEXT|FILE");

    private static LessonOption<int> Length { get; } = LessonOption.Of("--length", "Tokens to write", 100);

    private static LessonOption<double> Temperature { get; } = LessonOption.Number("--temperature", "Below 1 the probable gets more probable; 0 always takes the most probable", 0.8, 0, 10);

    internal static LessonCommand Predict { get; } =
        new("predict", "Judges a text: --text \"…\" --weights runs/lesson10/latest/classifier.safetensors.", RunPredict) { Options = [Text], HasOwnRuns = true };

    internal static LessonCommand Generate { get; } =
        new("generate", "Goes on with a text: --text \"This film\" [--weights runs/lesson10/latest/language-model.safetensors].", RunGenerate) { Options = [Text, Length, Temperature], HasOwnRuns = true };

    private static void RunPredict(LessonContext lesson)
    {
        var weights = lesson.Options.Weights ?? throw new UsageException("predict needs a classifier: --weights runs/lesson10/latest/classifier.safetensors");
        using var predictor = TextPredictor.Load(weights);
        predictor.Model.to(lesson.Device);
        var explanation = predictor.Occlude(Given(lesson));
        var prediction = explanation.Prediction;
        lesson.Console.Say($"{prediction.Class}, {prediction.Probability:0.0%}");
        foreach (var word in explanation.Strongest()) lesson.Console.Say($"  {word.Influence:+0.000;-0.000}  {word.Word}");
        for (var index = 0; index < predictor.Classes.Count; index++) lesson.Metric($"probability_{predictor.Classes[index].ToLowerInvariant().Replace(' ', '_')}", prediction.Probabilities[index]);
        lesson.Report.Figure(new ShadedText("The words that drove it", [explanation.ToPassage()]));
    }

    private static void RunGenerate(LessonContext lesson)
    {
        var language = lesson.Options.Weights is { } file ? PretrainedLanguageModel.Load(file) : LanguageModels.English;
        using var model = language.Create();
        model.to(lesson.Device);
        var sampling = lesson.Value(Temperature) == 0 ? Sampling.Greedy : new Sampling { Temperature = lesson.Value(Temperature), TopP = 0.9 };
        var text = new TextGenerator(model, new WordEncoder(new WordTokenizer(), language.Vocabulary)).Generate(Given(lesson), lesson.Value(Length), sampling, lesson.Seed);
        lesson.Console.Say(text);
        lesson.Report.Section("Generated").Text(text);
    }

    private static string Given(LessonContext lesson)
    {
        var given = lesson.Value(Text);
        return File.Exists(given) ? File.ReadAllText(given) : given;
    }
}
