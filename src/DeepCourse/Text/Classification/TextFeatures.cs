namespace DeepCourse.Text.Classification;

/// <summary>What a classifier's head sees of a text: each as many numbers as an embedding has, except
/// <see cref="Topics"/>.</summary>
[Flags]
public enum TextFeatures
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>What the encoder says at the last token.</summary>
    Last = 1,

    /// <summary>The largest value of each of the encoder's outputs.</summary>
    Largest = 2,

    /// <summary>The mean of each of the encoder's outputs.</summary>
    Mean = 4,

    /// <summary>The mean of the embedded words, rare ones counting more
    /// (<see cref="TextClassifier.WeighWords"/>). It knows nothing of their order, and needs few labels to be of use.</summary>
    Words = 8,

    /// <summary>Where the whole text lies among the directions in which texts differ (<see cref="Vectors.LatentSemantics"/>,
    /// <see cref="TextClassifier.UseTopics"/>): <see cref="TextClassifierOptions.TopicCount"/> numbers, which no training
    /// changes. What was counted in many texts without labels needs few labels to be of use.</summary>
    Topics = 16,

    /// <summary>Last, largest and mean: what ULMFiT pools (Howard and Ruder 2018, section 3.3).</summary>
    Ulmfit = Last | Largest | Mean,
}
