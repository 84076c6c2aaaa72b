namespace DeepCourse.Layers;

/// <summary>What is put on top of a pretrained body.</summary>
public static class Heads
{
    /// <summary>Pools a feature map both ways and classifies it by two linear layers.</summary>
    /// <param name="features">Channels of the feature map.</param>
    /// <param name="outputs">Numbers per item: classes, or coordinates.</param>
    /// <param name="hidden">Width of the layer between.</param>
    /// <param name="dropout">The share of the hidden values that training drops; half as much before them.</param>
    /// <returns>A module from [batch, features, height, width] to [batch, outputs]; the caller disposes it.</returns>
    /// <remarks>The head of fastai's vision learners; the last layer starts at 0, where all outputs are
    /// equal.</remarks>
    public static Sequential Classifier(long features, long outputs, long hidden = 512, double dropout = 0.5)
    {
        var last = Linear(hidden, outputs);
        var head = Initializers.Kaiming(Sequential(
            ("pool", new AdaptiveConcatPool()),
            ("flatten", Flatten()),
            ("norm1", BatchNorm1d(2 * features)),
            ("dropout1", Dropout(dropout / 2)),
            ("linear1", Linear(2 * features, hidden)),
            ("activation", ReLU()),
            ("norm2", BatchNorm1d(hidden)),
            ("dropout2", Dropout(dropout)),
            ("linear2", last)));
        init.zeros_(last.weight);
        return head;
    }
}
