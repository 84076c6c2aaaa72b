using DeepCourse.Lessons;
using DeepCourse.Optimization;
using DeepCourse.Text;
using DeepCourse.Text.Models;
using DeepCourse.Text.Transfer;
using DeepCourse.Text.Vectors;
using DeepCourse.Training;

namespace Lesson10;

/// <summary>A language model that has read the reviews.</summary>
/// <param name="Network">The model itself; disposed with the reader.</param>
/// <param name="Model">The same as a start for classifiers.</param>
/// <param name="Result">How it learned.</param>
/// <param name="Transfer">How many of the reviews' words the general model knew; null without one.</param>
internal sealed record ReviewReader(LanguageModel Network, PretrainedLanguageModel Model, LanguageModelResult Result, TransferReport? Transfer) : IDisposable
{
    public void Dispose() => Network.Dispose();
}

/// <summary>Lets a language model read the reviews.</summary>
internal static class FineTuning
{
    /// <summary>Millions of tokens of the reviews that are read.</summary>
    internal static LessonOption<double> Tokens { get; } = LessonOption.Number("--tokens", "How much the language model reads of the reviews, in millions of tokens; 0 reads all", 6.5, 0, 10_000);

    /// <summary>Fine-tunes a general model on the reviews, or trains one of random weights on them.</summary>
    /// <param name="lesson">The lesson.</param>
    /// <param name="corpus">What to read.</param>
    /// <param name="english">The general model; null for random weights.</param>
    /// <param name="vectors">What counting says about the words; null leaves it to reading.</param>
    /// <param name="name">Of the stage, and of the weights' file in the run folder.</param>
    internal static ReviewReader Run(LessonContext lesson, ReviewCorpus corpus, PretrainedLanguageModel? english, WordVectors? vectors, string name = "language-model")
    {
        random.manual_seed(lesson.Seed);
        var vocabulary = corpus.Encoder.Vocabulary;
        var dropouts = AwdDropouts.LanguageModel.Scaled(0.3);
        TransferReport? transfer = null;
        var model = english is null
            ? new LanguageModel(Pretraining.Sizes(vocabulary.Count, lesson.Smoke) with { Dropouts = dropouts })
            : english.Create(vocabulary, out transfer, dropouts, vectors);
        if (english is null) vectors?.AddTo(model.Encoder);
        if (transfer is not null) lesson.Console.Say($"the general model knows {transfer.Found:N0} of the {transfer.Tokens:N0} words; the others begin as the mean of all");
        model = model.to(lesson.Device);
        var tokens = lesson.Value(Tokens) * 1e6;
        var some = tokens == 0 ? corpus.Training : LanguageModeling.Take(corpus.Reading, corpus.Training, (long)tokens, new Random(lesson.Seed));
        var result = LanguageModeling.Train(
            lesson, name, model, corpus.Reading, some, corpus.Validation,
            learner => learner.FitOneCycle(lesson.Epochs, LearningRates.ByFactor(lesson.LearningRate, english is null ? 1 : 1.5), warmUp: 0.1, cancellation: lesson.Cancellation));
        var reader = PretrainedLanguageModel.Of(model, vocabulary, corpus.Encoder.Tokenizer.Description);
        reader.Save(lesson.Folder.File($"{name}.safetensors"));
        return new(model, reader, result, transfer);
    }
}
