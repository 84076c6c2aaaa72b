using DeepCourse.Text.Models;

namespace DeepCourse.Text.Classification;

/// <summary>What a text classifier is made of.</summary>
/// <param name="Encoder">The language model's body; its output dropout becomes the first dropout of the head, as in
/// fastai.</param>
/// <param name="Classes">The number of classes.</param>
public sealed record TextClassifierOptions(AwdLstmOptions Encoder, int Classes)
{
    /// <summary>Tokens that the encoder reads in one call, and that a gradient reaches back through at most.</summary>
    public int ChunkLength { get; init; } = 70;

    /// <summary>How many of a text's last tokens count at most; what stands before only prepares the encoder's state, and
    /// counts among <see cref="TextFeatures.Topics"/>.</summary>
    public int MaxLength { get; init; } = 20 * 70;

    /// <summary>What the head sees of a text. ULMFiT's three are made for many labels; with a few hundred, fewer features
    /// that are closer to the words tell more.</summary>
    public TextFeatures Features { get; init; } = TextFeatures.Ulmfit;

    /// <summary>How many numbers <see cref="TextFeatures.Topics"/> are.</summary>
    public int TopicCount { get; init; } = 20;

    /// <summary>The width of the layer between the pooled features and the classes; 0 for none, which makes the head a
    /// logistic regression (<see cref="TextClassifier.FitHead"/>).</summary>
    public int HiddenSize { get; init; } = 50;

    /// <summary>The share of the hidden layer's values that training drops.</summary>
    public double HiddenDropout { get; init; } = 0.1;
}
