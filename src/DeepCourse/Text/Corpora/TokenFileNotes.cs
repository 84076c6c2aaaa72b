namespace DeepCourse.Text.Corpora;

/// <summary>What a token file says about itself, beside its numbers.</summary>
/// <param name="EncoderFingerprint">The encoder that numbered the tokens.</param>
/// <param name="VocabularySize">All numbers are smaller.</param>
/// <param name="PaddingIndex">The number that fills a batch where a document has ended.</param>
/// <param name="Labels">Names of the labels in the order of their numbers.</param>
/// <param name="SkippedDocuments">How many documents were left out because they were empty.</param>
/// <param name="TokensChecksum">CRC-32C of the tokens.</param>
/// <param name="TableChecksum">CRC-32C of the documents' ends and labels.</param>
internal sealed record TokenFileNotes(
    string EncoderFingerprint,
    int VocabularySize,
    int PaddingIndex,
    IReadOnlyList<string> Labels,
    long SkippedDocuments,
    uint TokensChecksum,
    uint TableChecksum);
