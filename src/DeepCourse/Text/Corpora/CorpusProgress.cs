namespace DeepCourse.Text.Corpora;

/// <summary>How far the reading of a corpus has come.</summary>
/// <param name="Corpus">Name of the corpus.</param>
/// <param name="Activity">What is being done, like <c>encoding</c>.</param>
/// <param name="Documents">Documents done so far, empty ones not counted.</param>
/// <param name="Tokens">Tokens done so far.</param>
/// <param name="BytesDone">Bytes read so far, when they can be counted; a little ahead of the tokens.</param>
/// <param name="BytesTotal">Bytes in all, when known.</param>
public sealed record CorpusProgress(
    string Corpus, string Activity, long Documents, long Tokens, long? BytesDone = null, long? BytesTotal = null);
