namespace DeepCourse.Text.Tokenization;

/// <summary>Learns the merges of a <see cref="BytePairTokenizer"/> from texts.</summary>
/// <remarks>Sennrich et al. 2016, algorithm 1: count the pairs of neighbours within pieces, make the commonest a token, and
/// again. Of equally common pairs the one with the lower numbers is taken, so that the same texts in the same order give
/// the same tokenizer on every machine. The texts are read once, and only the counts of their pieces are kept.</remarks>
public static class BytePairTrainer
{
    /// <summary>Learns.</summary>
    /// <param name="documents">Read once, one after the other.</param>
    /// <param name="training">How many tokens, and under which conditions.</param>
    /// <param name="progress">Told while texts are read and while tokens are learned.</param>
    /// <param name="cancellation">Ends the training early, with an exception.</param>
    /// <returns>The tokenizer; <see cref="BytePairTokenizer.Save"/> keeps it.</returns>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public static BytePairTokenizer Train(
        IEnumerable<string> documents,
        BytePairTraining training,
        IProgress<BytePairProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(training);
        var counter = new PieceCounter(training.Checked(), progress, cancellation);
        var pieces = counter.Count(documents);
        var learner = new BytePairLearner(pieces, training);
        pieces.Clear();
        while (learner.TryLearn())
        {
            cancellation.ThrowIfCancellationRequested();
            if (learner.Tokens.Count % 128 == 0) progress?.Report(new(counter.Characters, learner.PieceCount, learner.Tokens.Count));
        }
        progress?.Report(new(counter.Characters, learner.PieceCount, learner.Tokens.Count));
        return new(new(learner.Tokens, unknown: null), learner.Merges, training.Options);
    }
}
