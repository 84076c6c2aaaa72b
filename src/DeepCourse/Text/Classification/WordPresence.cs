using DeepCourse.Text.Loading;

namespace DeepCourse.Text.Classification;

/// <summary>Which words of the vocabulary a text has, however often.</summary>
/// <param name="words">The size of the vocabulary.</param>
internal sealed class WordPresence(int words) : Module<TextBatch, Tensor>(nameof(WordPresence))
{
    /// <summary>Ones and zeros, float32 [batch, words].</summary>
    public override Tensor forward(TextBatch input)
    {
        using var scope = NewDisposeScope();
        var mask = input.Mask;
        // What stands behind the end of a text goes to a column more, which is cut off.
        var places = input.Tokens.masked_fill(mask.logical_not(), words);
        var present = zeros([input.Tokens.size(0), words + 1], ScalarType.Float32, input.Tokens.device);
        return present.scatter_(1, places, mask.to(ScalarType.Float32)).narrow(1, 0, words).MoveToOuterDisposeScope();
    }
}
