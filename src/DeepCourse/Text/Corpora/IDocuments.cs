namespace DeepCourse.Text.Corpora;

/// <summary>The documents of a corpus, read one after the other as often as needed, never all in memory.</summary>
/// <remarks><b>Extending.</b> Every reading must bring the same documents in the same order. Empty ones may be among
/// them: who reads skips and counts them.</remarks>
public interface IDocuments
{
    /// <summary>What to call the corpus, usually its path.</summary>
    string Name { get; }

    /// <summary>The size of its files as they lie on the disk, compressed ones compressed; null if it isn't known.</summary>
    long? TotalBytes { get; }

    /// <summary>Opens the corpus and brings its documents.</summary>
    /// <param name="advance">Told how many more of <see cref="TotalBytes"/> have been read.</param>
    IEnumerable<Document> Read(Action<long>? advance = null);
}
