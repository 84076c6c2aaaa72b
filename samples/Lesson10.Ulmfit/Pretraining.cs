using DeepCourse.Data.Catalogue;
using DeepCourse.Lessons;
using DeepCourse.Reporting;
using DeepCourse.Text;
using DeepCourse.Text.Corpora;
using DeepCourse.Text.Generation;
using DeepCourse.Text.Models;
using DeepCourse.Text.Tokenization;
using DeepCourse.Text.Transfer;
using DeepCourse.Training;

namespace Lesson10;

/// <summary><c>pretrain</c>: teaches a language model plain English, as <see cref="LanguageModels.English"/> was
/// taught.</summary>
internal static class Pretraining
{
    private const string File = "english.safetensors";
    private const int Words = 14_000;
    private const int ValidationEvery = 25;
    private static readonly string[] prompts = ["The president of the", "It was a", "She opened the door and"];

    /// <summary>Sizes for two cores, and for a file of 14 MB.</summary>
    internal static AwdLstmOptions Sizes(int vocabulary, bool smoke) => new(vocabulary)
    {
        EmbeddingSize = smoke ? 16 : 256,
        HiddenSize = smoke ? 24 : 640,
        Layers = 2,
        Dropouts = AwdDropouts.LanguageModel.Scaled(0.3),
    };

    internal static void Run(LessonContext lesson)
    {
        var store = DatasetStore.FromEnvironment();
        lesson.Stage("Plain English");
        var documents = lesson.Smoke ? SmallTalk.Reviews(lesson.Seed).Reading : GeneralEnglish.Load(store, lesson.Fetching, lesson.Cancellation);
        var tokenizer = new WordTokenizer();
        var counts = documents.CountTokens(tokenizer, cancellation: lesson.Cancellation);
        var vocabulary = TokenVocabulary.Of(counts, Words);
        var texts = EncodedDocuments.Of(documents, new WordEncoder(tokenizer, vocabulary), new() { Labels = CorpusLabels.Ignore }, lesson.Cancellation);
        var known = (double)vocabulary.Sum(token => counts[token]) / counts.Total;
        lesson.Console.Say($"{texts.DocumentCount:N0} documents, {texts.TokenCount:N0} tokens; the {vocabulary.Count:N0} of the vocabulary make up {known:0.0%} of them");

        lesson.Stage("The next word");
        var (training, validation) = LanguageModeling.Divide(texts, ValidationEvery);
        using var model = new LanguageModel(Sizes(vocabulary.Count, lesson.Smoke)).to(lesson.Device);
        var result = LanguageModeling.Train(
            lesson, "english", model, texts, training, validation,
            learner => learner.FitOneCycle(lesson.Epochs, lesson.LearningRate, warmUp: 0.1, cancellation: lesson.Cancellation));
        model.to(CPU).eval();
        PretrainedLanguageModel.Of(model, vocabulary, tokenizer.Description).Save(lesson.Folder.File(File));

        lesson.Metric("lm_perplexity", result.Perplexity);
        lesson.Metric("tokens_per_second", result.Tokens / result.Seconds);
        var report = lesson.Report;
        report.Summary = $"A language model learns plain English from {texts.TokenCount:N0} tokens; {File} in this folder is what the lesson starts from with --weights.";
        report.Fact("tokens", $"{texts.TokenCount:N0}").Fact("vocabulary", $"{vocabulary.Count:N0} ({known:0.0%} of the text)").Fact("tokens a second", $"{result.Tokens / result.Seconds:N0}");
        report.Metric(new MetricCard("perplexity", result.Perplexity) { Format = "0.0", HigherIsBetter = false, Note = $"every {ValidationEvery}th document" });
        report.Columns(result.History.LossChart(), result.History.MetricChart("Perplexity", "perplexity"));
        var generator = new TextGenerator(model, new WordEncoder(tokenizer, vocabulary));
        report.Section("What it says", "Words drawn from its predictions, the least probable left out.");
        foreach (var prompt in prompts) report.Text(generator.Generate(prompt, 60, new Sampling { Temperature = 0.8, TopP = 0.9 }, lesson.Seed));
    }
}
