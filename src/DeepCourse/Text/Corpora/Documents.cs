namespace DeepCourse.Text.Corpora;

/// <summary>Documents made of other documents, or of texts in memory.</summary>
public static class Documents
{
    /// <summary>Texts in memory.</summary>
    /// <param name="documents">Gone through at every reading.</param>
    /// <param name="name">What to call them.</param>
    public static IDocuments Of(IEnumerable<Document> documents, string name = "documents") => new Listed(documents, name);

    /// <summary>Texts in memory without labels.</summary>
    /// <param name="texts">Gone through at every reading.</param>
    /// <param name="name">What to call them.</param>
    public static IDocuments Of(IEnumerable<string> texts, string name = "documents") =>
        new Listed(texts.Select((text, index) => new Document($"{name}:{index}", text)), name);

    /// <summary>Several corpora, one after the other.</summary>
    /// <param name="parts">In their order.</param>
    public static IDocuments Together(params IReadOnlyList<IDocuments> parts) => new Joined(parts);

    /// <summary>Changes each document, or leaves it out.</summary>
    /// <param name="documents">The documents.</param>
    /// <param name="change">Gives what should take the document's place, null to leave it out; always the same for the
    /// same document.</param>
    public static IDocuments Select(this IDocuments documents, Func<Document, Document?> change) => new Changed(documents, change);

    private sealed class Listed(IEnumerable<Document> documents, string name) : IDocuments
    {
        public string Name => name;

        public long? TotalBytes => null;

        public IEnumerable<Document> Read(Action<long>? advance = null) => documents;
    }

    private sealed class Joined(IReadOnlyList<IDocuments> parts) : IDocuments
    {
        public string Name => string.Join(" + ", parts.Select(part => part.Name));

        public long? TotalBytes => parts.Aggregate((long?)0, (sum, part) => sum + part.TotalBytes);

        public IEnumerable<Document> Read(Action<long>? advance = null) => parts.SelectMany(part => part.Read(advance));
    }

    private sealed class Changed(IDocuments documents, Func<Document, Document?> change) : IDocuments
    {
        public string Name => documents.Name;

        public long? TotalBytes => documents.TotalBytes;

        public IEnumerable<Document> Read(Action<long>? advance = null)
        {
            foreach (var document in documents.Read(advance))
                if (change(document) is { } changed) yield return changed;
        }
    }
}
