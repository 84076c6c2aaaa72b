using DeepCourse.Text.Loading;

namespace DeepCourse.Text.Classification;

/// <summary>Turns texts round for models that read backwards.</summary>
public static class TextReversal
{
    /// <summary>The same texts from their last token to their first; padding stays at the end.</summary>
    /// <param name="batch">Texts of any lengths.</param>
    /// <returns>Its tensors belong to the caller's dispose scope.</returns>
    public static TextBatch Reversed(this TextBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = NewDisposeScope();
        var place = arange(batch.Tokens.size(1), ScalarType.Int64, batch.Tokens.device).unsqueeze(0);
        var mirrored = batch.Lengths.to(ScalarType.Int64).unsqueeze(1) - 1 - place;
        // Beyond a text's end the mirrored place is negative, and the padding there stays where it is.
        var source = where(mirrored.ge(0), mirrored, place);
        return new(batch.Tokens.gather(1, source).MoveToOuterDisposeScope(), batch.Lengths.alias().MoveToOuterDisposeScope());
    }
}
