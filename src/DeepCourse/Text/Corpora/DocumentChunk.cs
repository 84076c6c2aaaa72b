namespace DeepCourse.Text.Corpora;

/// <summary>Some documents in a row: what one thread works on at a time.</summary>
/// <param name="Documents">Empty ones are left out.</param>
/// <param name="Read">Documents of the corpus up to here, empty ones counted.</param>
/// <param name="Checksum">Of the texts and labels of all documents up to here.</param>
/// <param name="BytesDone">Bytes of the corpus's files read up to here.</param>
internal sealed record DocumentChunk(IReadOnlyList<Document> Documents, long Read, uint Checksum, long BytesDone)
{
    // Large enough that handing over costs nothing, small enough that those under way take little memory.
    private const int Characters = 1 << 18;
    private const int MostDocuments = 4096;

    /// <summary>Cuts a corpus into chunks while it is read; where it is cut depends on nothing else.</summary>
    /// <param name="corpus">The documents.</param>
    public static IEnumerable<DocumentChunk> Cut(IDocuments corpus)
    {
        var (read, checksum, bytes, characters) = (0L, 0u, 0L, 0L);
        List<Document> documents = [];
        foreach (var document in corpus.Read(more => bytes += more))
        {
            read++;
            checksum = Data.Checksum.Continue(checksum, document.Text);
            // A mark between the two, so that neither can take over from the other.
            checksum = Data.Checksum.Continue(checksum, document.Label == null ? "\0" : "\u0001" + document.Label);
            if (!document.IsEmpty) documents.Add(document);
            characters += document.Text.Length;
            if (characters < Characters && documents.Count < MostDocuments) continue;
            yield return new(documents, read, checksum, bytes);
            (documents, characters) = ([], 0);
        }
        if (read > 0) yield return new(documents, read, checksum, bytes);
    }
}
