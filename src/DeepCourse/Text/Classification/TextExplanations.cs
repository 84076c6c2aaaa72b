namespace DeepCourse.Text.Classification;

/// <summary>Asks a classifier which words drove its prediction.</summary>
public static class TextExplanations
{
    /// <summary>How much the log-odds of a class fall, in nats, when a word is replaced by one that nobody knows, for each
    /// word of a text. Probabilities would hardly move where the classifier is sure.</summary>
    /// <param name="predictor">The classifier.</param>
    /// <param name="text">One text. It goes through the model once for each of its words.</param>
    /// <param name="class">The class to explain; by default the one that is predicted.</param>
    /// <param name="tokensPerBatch">How many tokens go through the model at once.</param>
    /// <remarks>Zeiler and Fergus 2014, section 4.2, with words in place of patches. Words that the vocabulary lacks have no
    /// influence by this measure. <see cref="TextFeatures.Topics"/> know whether a word is there, not how often: with them all
    /// occurrences of a word are hidden together, and share what that does.</remarks>
    public static TextExplanation Occlude(
        this TextPredictor predictor, string text, string? @class = null, int tokensPerBatch = 8192)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tokensPerBatch);
        var ids = predictor.Encode(text);
        var prediction = predictor.PredictTokens([ids])[0];
        var index = IndexOf(predictor, @class) ?? prediction.Index;
        var replacement = predictor.Replacement;
        var words = WordPlaces.Of(predictor.Encoder, text, ids);
        var influences = new double[words.Count];
        var together = TextPredictor.PartsOf(predictor.Model).Any(part => part.Topics is not null);
        var hidden = Enumerable.Range(0, words.Count)
            .Where(word => ids[words[word].Token] != replacement)
            .GroupBy(word => together ? ids[words[word].Token] : word)
            .Select(occurrences => occurrences.ToArray());
        foreach (var some in hidden.Chunk(Math.Max(1, tokensPerBatch / Math.Max(1, ids.Length))))
        {
            var occluded = predictor.PredictTokens([.. some.Select(occurrences => Without(ids, occurrences.Select(word => words[word].Token), replacement))]);
            for (var i = 0; i < some.Length; i++)
                foreach (var word in some[i]) influences[word] = (LogOdds(prediction, index) - LogOdds(occluded[i], index)) / some[i].Length;
        }
        return Explanation(predictor, prediction, index, words, influences);
    }

    /// <summary>How much each word bears on the probability of a class by the gradient there: the gradient times the word's
    /// embedding, and that at the topics times what the word adds to them. One pass forth and one back, however long the text.</summary>
    /// <param name="predictor">The classifier.</param>
    /// <param name="text">One text.</param>
    /// <param name="class">The class to explain; by default the one that is predicted.</param>
    /// <remarks>To first order what the probability would lose without the word's embedding. Gradients end at the borders of
    /// the classifier's chunks, and words before its last <see cref="TextClassifierOptions.MaxLength"/> tokens have
    /// none but what they add to topics. The occurrences of a word share what it adds to those.</remarks>
    public static TextExplanation Attribute(this TextPredictor predictor, string text, string? @class = null)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        var ids = predictor.Encode(text);
        var prediction = predictor.PredictTokens([ids])[0];
        var index = IndexOf(predictor, @class) ?? prediction.Index;
        var words = WordPlaces.Of(predictor.Encoder, text, ids);
        var gradients = InputGradients.Of(predictor, ids, index);
        return Explanation(predictor, prediction, index, words, [.. words.Select(word => gradients[word.Token])]);
    }

    // The others are added up, since 1 less a probability near 1 has lost its digits.
    private static double LogOdds(TextPrediction prediction, int index)
    {
        const double least = 1e-30;
        var others = prediction.Probabilities.Where((_, other) => other != index).Sum();
        return Math.Log(Math.Max(prediction.Probabilities[index], least) / Math.Max(others, least));
    }

    private static int[] Without(int[] ids, IEnumerable<int> places, int replacement)
    {
        int[] copy = [.. ids];
        foreach (var place in places) copy[place] = replacement;
        return copy;
    }

    private static int? IndexOf(TextPredictor predictor, string? name)
    {
        if (name is null) return null;
        for (var index = 0; index < predictor.Classes.Count; index++)
            if (predictor.Classes[index] == name) return index;
        throw new ArgumentException($"'{name}' is not one of the classes: {string.Join(", ", predictor.Classes)}.", nameof(name));
    }

    private static TextExplanation Explanation(
        TextPredictor predictor, TextPrediction prediction, int index, IReadOnlyList<WordPlaces.Place> words, double[] influences) =>
        new(prediction, predictor.Classes[index], [.. words.Select((word, i) => new WordInfluence(word.Word, influences[i], word.FollowsClosely))]);
}
