using DeepCourse.Optimization;
using DeepCourse.Text.Classification;
using DeepCourse.Training;

namespace Lesson10;

/// <summary>How a classifier is made of few labels: the switches of the paper's tables 5 to 7.</summary>
internal sealed record ClassifierRecipe
{
    /// <summary>The head of the paper, for thousands of labels.</summary>
    internal static ClassifierRecipe Ulmfit { get; } = new() { Features = TextFeatures.Ulmfit, HiddenSize = 50, Dropout = 0.5, RateFactor = 2.6 };

    /// <summary>What the encoder has read before it sees a label.</summary>
    internal Reading Reading { get; init; } = Reading.EnglishAndReviews;

    /// <summary>Whether no network learns, but a logistic regression on counted words: the baseline.</summary>
    internal bool Counts { get; init; }

    /// <summary>How many texts have labels.</summary>
    internal int Labels { get; init; } = 500;

    /// <summary>Whether the language model began with word vectors.</summary>
    internal bool Vectors { get; init; } = true;

    /// <summary>Whether the head learns what a frozen encoder says before all layers learn.</summary>
    internal bool HeadFirst { get; init; } = true;

    /// <summary>Whether all layers learn after the head was fitted. Beside topics that costs more than it brings: the layers
    /// learn some hundred or thousand texts by heart.</summary>
    internal bool FineTunes { get; init; }

    /// <summary>By how much each layer learns slower than the next one.</summary>
    internal double RateFactor { get; init; } = 1;

    /// <summary>The rate over a stage; null is one cycle.</summary>
    internal Schedule? Schedule { get; init; }

    /// <summary>The stages of a training with all labels; null makes them of the above.</summary>
    internal IReadOnlyList<UnfreezingStage>? Plan { get; init; }

    /// <summary>What the head sees of a text. Who has read nothing knows no topics, and gathers words instead.</summary>
    internal TextFeatures Features { get; init; } = TextFeatures.Mean | TextFeatures.Topics;

    /// <summary>Hidden values of the head; 0 for a single layer.</summary>
    internal int HiddenSize { get; init; }

    /// <summary>How much of fastai's dropouts inside the encoder.</summary>
    internal double Dropout { get; init; } = 0.3;

    /// <summary>The share of the features that training drops.</summary>
    internal double FeatureDropout { get; init; } = 0.2;

    /// <summary>Texts in a batch.</summary>
    internal int BatchSize { get; init; } = 16;

    /// <summary>Whether texts are read from their end.</summary>
    internal bool Backwards { get; init; }

    /// <summary>Added to the lesson's seed.</summary>
    internal int Seed { get; init; }

    /// <summary>A name for files and metrics.</summary>
    internal string Key { get; init; } = "classifier";

    /// <summary>What it goes by, for people.</summary>
    internal string InWords => Features == TextFeatures.Topics ? "topics alone" : Reading switch
    {
        Reading.Nothing => "from scratch",
        Reading.English => "general English read",
        Reading.Reviews => "reviews read",
        _ => "general English and reviews read",
    };

    /// <summary>Whether the head is found at once, as a logistic regression.</summary>
    internal bool FitsHead => Plan is null && HeadFirst && HiddenSize == 0 && Reading != Reading.Nothing;

    /// <summary>Passes over the texts with every layer learning.</summary>
    internal int Epochs => Math.Clamp(2000 / Labels, 2, Reading == Reading.Nothing ? 12 : 4);

    /// <summary>How the layers learn after the head was fitted; nothing, if they don't.</summary>
    /// <param name="rate">The highest rate.</param>
    internal IReadOnlyList<UnfreezingStage> Stages(double rate)
    {
        if (Plan is not null) return Plan;
        if (FitsHead && !FineTunes) return [];
        // Random layers have nothing to lose: all of them learn as fast as the head, and longer.
        if (Reading == Reading.Nothing) return [new("all layers", 0, 2 * Epochs, rate)];
        // The fewer labels, the less there is to be learned from them that the fitted head doesn't know.
        UnfreezingStage all = new("all layers", 0, Epochs, LearningRates.ByFactor(rate * Math.Min(1, Labels / 500.0), RateFactor));
        // A head of two layers can't be found at once: it learns, then the last layer with it.
        return HeadFirst && !FitsHead
            ? [new("the head", -1, Epochs, 4 * rate), new("the head and the last layer", -2, Epochs, LearningRates.ByFactor(2 * rate, RateFactor)), all]
            : [all];
    }
}
